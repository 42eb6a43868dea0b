using System.Text.Json;
using Sallyport.Simulator.Defender.Tables;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Defender.Answers;

/// <summary>Writes what an alert is about: devices, users, files, processes, addresses and links.</summary>
internal static class EvidenceAnswer
{
    public static void Graph(Utf8JsonWriter json, SimulatedTenant tenant, Detection seen)
    {
        if (seen.DeviceIndex is { } index && tenant.World.Device(index) is var device)
        {
            Start(json, "deviceEvidence");
            json.WriteString("mdeDeviceId", DeviceTables.IdOf(device));
            json.WriteString("deviceDnsName", device.Fqdn);
            json.WriteString("osPlatform", device.System.Name);
            json.WriteEndObject();
        }
        if (seen.UserIndex is { } number && tenant.World.User(number) is var user)
        {
            Start(json, "userEvidence");
            json.WriteStartObject("userAccount");
            json.WriteString("accountName", user.AccountName);
            json.WriteString("userPrincipalName", user.Upn);
            json.WriteString("azureAdUserId", user.Id.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }
        if (seen.File is { } file)
        {
            Start(json, "fileEvidence");
            json.WriteStartObject("fileDetails");
            json.WriteString("sha1", file.Sha1);
            json.WriteString("sha256", file.Sha256);
            json.WriteString("fileName", file.Name);
            json.WriteString("filePath", file.Directory);
            json.WriteNumber("fileSize", file.SizeInBytes);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        if (seen.Process is { } process)
        {
            Start(json, "processEvidence");
            json.WriteNumber("processId", process.ProcessId);
            json.WriteNumber("parentProcessId", process.ParentProcessId);
            json.WriteString("processCommandLine", process.CommandLine);
            json.WriteStartObject("imageFile");
            json.WriteString("fileName", seen.File?.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        if (seen.Remote is { } remote)
        {
            Start(json, "ipEvidence");
            json.WriteString("ipAddress", remote.Address);
            json.WriteEndObject();
        }
        if (seen.Url is { } url)
        {
            Start(json, "urlEvidence");
            json.WriteString("url", url);
            json.WriteEndObject();
        }
    }

    public static void Legacy(Utf8JsonWriter json, SimulatedTenant tenant, Detection seen)
    {
        if (seen.UserIndex is { } number && tenant.World.User(number) is var user)
            Entity(json, "User", ("accountName", user.AccountName), ("userPrincipalName", user.Upn), ("aadUserId", user.Id.ToString()), ("userSid", user.Sid));
        if (seen.File is { } file)
            Entity(json, "File", ("fileName", file.Name), ("filePath", file.Directory), ("sha1", file.Sha1), ("sha256", file.Sha256));
        if (seen.Process is { } process)
            Entity(json, "Process", ("fileName", seen.File?.Name), ("processId", process.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("processCommandLine", process.CommandLine));
        if (seen.Remote is { } remote)
            Entity(json, "Ip", ("ipAddress", remote.Address));
        if (seen.Url is { } url)
            Entity(json, "Url", ("url", url));
    }

    private static void Start(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("@odata.type", $"#microsoft.graph.security.{type}");
        json.WriteString("verdict", "suspicious");
        json.WriteString("remediationStatus", "none");
        json.WriteStartArray("roles");
        json.WriteEndArray();
    }

    private static void Entity(Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        json.WriteStartObject();
        json.WriteString("entityType", type);
        foreach (var (name, value) in members)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
