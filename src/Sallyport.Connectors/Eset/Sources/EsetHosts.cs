using System.Text.Json;
using Sallyport.Connectors.Eset.Composites;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>Devices that ESET manages.</summary>
internal static class EsetHosts
{
    private const string Service = "device-management";
    private const int Batch = 50;

    public static async Task<Answer<SeenHost>> AskAsync(EsetClient eset, HostQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        if (question.Id is { } id)
            return new Answer<SeenHost>([.. (await NamedAsync(eset, [id], context, cancellationToken)).Values]);
        if (question.Name is { } name)
        {
            // The filter takes names as they are; what is named with its domain is found under either.
            var named = await ReadAsync($"displayNames={Uri.EscapeDataString(SourceWire.ShortName(name))}&displayNames={Uri.EscapeDataString(name)}&");
            if (named.Items.Count > 0)
                return named;
        }

        return await ReadAsync("");

        Task<Answer<SeenHost>> ReadAsync(string filter) => EsetRows.ReadAsync(
            eset, Service, $"/v1/devices?{filter}", "devices", question.Limit, row => Read(row) is { } host && Fits(host, question) ? host : null, context, cancellationToken);
    }

    /// <summary>Devices by uuid; one that is gone is left out.</summary>
    public static async Task<Dictionary<string, SeenHost>> NamedAsync(EsetClient eset, IEnumerable<string> ids, ToolContext context, CancellationToken cancellationToken)
    {
        var parts = new Parts(eset, context);
        var found = new Dictionary<string, SeenHost>(StringComparer.OrdinalIgnoreCase);
        foreach (var batch in ids.Where(id => Guid.TryParse(id, out _)).Distinct(StringComparer.OrdinalIgnoreCase).Chunk(Batch))
        {
            var answer = await parts.GetAsync(Service, $"/v1/devices:batchGet?{string.Join('&', batch.Select(id => $"devicesUuids={id}"))}", cancellationToken);
            foreach (var host in answer.Items("devices").Select(Read))
                found[host.Identity.Id!] = host;
        }

        return found;
    }

    private static bool Fits(SeenHost host, HostQuestion question) => question.IsForAll
        || SourceWire.IsSameName(host.Identity.Fqdn ?? host.Identity.Name, question.Name) || SourceWire.IsSameName(host.Identity.Name, question.Name)
        || (question.Address is { } address && host.Identity.Addresses?.Any(use => SourceWire.IsAddress(use.Address, address)) is true)
        || (SourceWire.Mac(question.Mac) is { } mac && host.Identity.Macs?.Contains(mac) is true);

    private static SeenHost Read(JsonElement device)
    {
        var (name, original, sync) = (device.Text("displayName"), device.Text("originalDisplayName"), device.Time("lastSyncTime"));
        var fqdn = new[] { original, name }.FirstOrDefault(text => text?.Contains('.', StringComparison.Ordinal) is true && Uri.CheckHostName(text) == UriHostNameType.Dns);
        var agent = device.Items("deployedComponents").FirstOrDefault(part => part.Text("name") == "agent");
        return new SeenHost(
            new HostIdentity(
                device.Text("uuid"), name, fqdn,
                Macs: device.Items("hardwareProfiles").SelectMany(profile => profile.Items("networkAdapters")).Select(adapter => SourceWire.Mac(adapter.Text("macAddress"))).OfType<string>().Distinct().OrNull(),
                Addresses: device.Text("primaryLocalIpAddress").OrNull() is { } address ? [new AddressUse(address, null, sync)] : null),
            Viewpoint.Agent,
            device.Text("deviceType")?.Replace("DEVICE_TYPE_", "", StringComparison.Ordinal).ToLowerInvariant(),
            device.Text("operatingSystem", "displayName"), device.Text("operatingSystem", "version", "name"),
            Agent: agent.ValueKind == JsonValueKind.Object
                ? new AgentState(agent.Text("version", "name"), sync, device.Text("functionalityStatus")?.Replace("DEVICE_FUNCTIONALITY_STATUS_", "", StringComparison.Ordinal).ToLowerInvariant())
                : null,
            Vendor: device.Items("hardwareProfiles").Select(profile => profile.Text("manufacturer")).FirstOrDefault(),
            Groups: device.Texts("tags").OrNull(), LastSeen: sync);
    }
}
