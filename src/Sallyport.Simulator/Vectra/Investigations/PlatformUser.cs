using System.Text.Json;
using Sallyport.Simulator.World.People;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>A role of this platform, by its standard and its display name.</summary>
internal sealed record PlatformRole(int Id, string StandardName, string DisplayName)
{
    public static readonly PlatformRole[] All =
    [
        new(1, "security_analyst", "Security Analyst"), new(2, "admins", "Admin"), new(3, "auditor", "Auditor"),
        new(4, "global_analyst", "Global Analyst"), new(5, "read_only", "Read-Only"), new(6, "restricted_admins", "Restricted Admin"),
        new(7, "setting_admins", "Settings Admin"), new(8, "super_admins", "Super Admin"),
    ];
}

/// <summary>Somebody who can sign in to this platform.</summary>
internal sealed record PlatformUser(int Id, string Username, string Name, PlatformRole Role, DateTimeOffset LastLogin)
{
    private const int FirstId = 59;
    private const int ApiClientId = 64;

    /// <summary>The API client, which assignments made over the API name as their author.</summary>
    public static readonly PlatformUser ApiClient = new(ApiClientId, "api-client", "API client", PlatformRole.All[1], DateTimeOffset.UnixEpoch);

    /// <summary>The security team, with every role at least once.</summary>
    public static IReadOnlyList<PlatformUser> Team(DateTimeOffset now) => [.. Analyst.All.ToArray().Select(analyst => new PlatformUser(
        FirstId + analyst.Number + (FirstId + analyst.Number >= ApiClientId ? 1 : 0), analyst.Upn, analyst.DisplayName,
        PlatformRole.All[analyst.Number % PlatformRole.All.Length], now.AddHours(-1 - (analyst.Number * 17))))];

    /// <summary>Until v3.3 users have a username and the role is the one displayed; v3.4 has a name and the standard role.</summary>
    public void Write(Utf8JsonWriter json, string version)
    {
        json.WriteStartObject();
        json.WriteNumber("id", Id);
        if (version == "v3.4")
            json.WriteString("name", Name);
        json.WriteString("username", Username);
        json.WriteString("email", Username);
        json.WriteString("role", version == "v3.4" ? Role.StandardName : Role.DisplayName);
        json.WriteString("last_login_timestamp", VectraTime.Text(LastLogin));
        json.WriteString("last_login", VectraTime.Text(LastLogin));
        json.WriteEndObject();
    }

    public void WriteShort(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id", Id);
        json.WriteString("username", Username);
        json.WriteEndObject();
    }
}
