using System.Text.Json;
using Sallyport.Connectors.Defender.Kql;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>Devices as Defender's agents report them, with the addresses they had and when.</summary>
internal static class DefenderHosts
{
    private const string Columns = "DeviceId, DeviceName, DeviceType, OSPlatform, OSVersion, OnboardingStatus, LoggedOnUsers, AadDeviceId, ClientVersion";
    private const int MostAddresses = 20_000;

    public static async Task<Answer<SeenHost>> AskAsync(DefenderClient client, HostQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var byNetwork = question.Address is not null || question.Mac is not null;
        var used = byNetwork ? await AdaptersAsync(client, AdapterCondition(question), cancellationToken) : null;
        if (used is { Items.Count: 0 })
            return new Answer<SeenHost>([], null, used.Incomplete);
        var condition = used is null ? DeviceCondition(question) : IsOneOf(used.Items.Select(row => row.Text("DeviceId")));
        var devices = await Hunt.RunAsync(
            client, $"DeviceInfo\n| where {condition}\n| summarize LastSeen = max(Timestamp) by {Columns}", question.Limit, cancellationToken);
        // A device whose version or user changed is in several rows; the newest tells.
        var newest = devices.Items.OrderByDescending(row => row.Time("LastSeen")).DistinctBy(row => row.Text("DeviceId")).ToList();
        if (newest.Count == 0)
            return new Answer<SeenHost>([], null, devices.Incomplete);
        used ??= await AdaptersAsync(client, question.IsForAll ? "isnotempty(DeviceId)" : IsOneOf(newest.Select(row => row.Text("DeviceId"))), cancellationToken);
        var adapters = used.Items.ToLookup(row => row.Text("DeviceId"));
        return new Answer<SeenHost>([.. newest.Select(row => Read(row, adapters[row.Text("DeviceId")]))], null, devices.Incomplete ?? used.Incomplete);
    }

    private static Task<Answer<JsonElement>> AdaptersAsync(DefenderClient client, string condition, CancellationToken cancellationToken) => Hunt.RunAsync(
        client, $"DeviceNetworkInfo\n| where {condition}\n| summarize From = min(Timestamp), To = max(Timestamp) by DeviceId, MacAddress, IPAddresses", MostAddresses, cancellationToken);

    private static string DeviceCondition(HostQuestion question)
    {
        if (question.Id is { } id)
            return $"DeviceId =~ {KqlText.Quote(id)}";
        return question.Name is { } name
            ? $"DeviceName =~ {KqlText.Quote(name)} or DeviceName =~ {KqlText.Quote(SourceWire.ShortName(name))} or DeviceName startswith {KqlText.Quote((name.Contains('.', StringComparison.Ordinal) ? name : SourceWire.ShortName(name)) + ".")}"
            : "isnotempty(DeviceId)";
    }

    /// <summary>Addresses stand in quotes inside the column's text; with them 10.1.2.4 does not find 10.1.2.40.</summary>
    private static string AdapterCondition(HostQuestion question) => question.Address is { } address
        ? $"IPAddresses contains {KqlText.Quote($"\"{address}\"")}"
        : $"MacAddress in~ ({KqlText.Quote(question.Mac!.Replace(':', '-').ToUpperInvariant())}, {KqlText.Quote(question.Mac)}, {KqlText.Quote(question.Mac.Replace(":", "", StringComparison.Ordinal))})";

    private static string IsOneOf(IEnumerable<string?> ids) => $"DeviceId in~ ({string.Join(", ", ids.OfType<string>().Distinct().Select(KqlText.Quote))})";

    private static SeenHost Read(JsonElement device, IEnumerable<JsonElement> adapters)
    {
        var rows = adapters.ToList();
        var (name, seen) = (device.Text("DeviceName") ?? "", device.Time("LastSeen"));
        var isOnboarded = device.Text("OnboardingStatus") is null or "Onboarded";
        return new SeenHost(
            new HostIdentity(
                device.Text("DeviceId"), SourceWire.ShortName(name), name.Contains('.', StringComparison.Ordinal) ? name : null, device.Text("AadDeviceId").OrNull(),
                rows.Select(row => SourceWire.Mac(row.Text("MacAddress"))).OfType<string>().Distinct().OrNull(),
                rows.SelectMany(Addresses).OrderBy(use => use.From).OrNull()),
            isOnboarded ? Viewpoint.Agent : Viewpoint.Network,
            device.Text("DeviceType").OrNull(), device.Text("OSPlatform").OrNull(), device.Text("OSVersion").OrNull(),
            Owners(device.Text("LoggedOnUsers")),
            isOnboarded ? new AgentState(device.Text("ClientVersion").OrNull(), seen, device.Text("OnboardingStatus")) : null,
            FirstSeen: rows.Select(row => row.Time("From")).Min(), LastSeen: seen);
    }

    private static IEnumerable<AddressUse> Addresses(JsonElement adapter)
    {
        foreach (var entry in Json(adapter.Text("IPAddresses")))
        {
            if (entry.Text("IPAddress").OrNull() is { } address)
                yield return new AddressUse(address, adapter.Time("From"), adapter.Time("To"));
        }
    }

    /// <summary>The column holds a list as JSON text, of objects with UserName; some versions just name the account.</summary>
    private static IReadOnlyList<UserIdentity>? Owners(string? text)
    {
        var named = Json(text).Select(entry => entry.Text("UserName")).OfType<string>().ToList();
        if (named.Count == 0 && text.OrNull() is { } plain && !plain.StartsWith('['))
            named.Add(plain);
        return named.Select(name => new UserIdentity(Upn: name.Contains('@', StringComparison.Ordinal) ? name : null, AccountName: SourceWire.Account(name))).OrNull();
    }

    private static List<JsonElement> Json(string? text)
    {
        if (text is null || !text.StartsWith('['))
            return [];
        try
        {
            return [.. JsonElement.Parse(text).EnumerateArray()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
