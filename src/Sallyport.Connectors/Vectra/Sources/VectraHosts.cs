using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Sources;

/// <summary>Hosts as network sensors see them.</summary>
internal static class VectraHosts
{
    public static async Task<Answer<SeenHost>> AskAsync(VectraClient vectra, HostQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        if (question.Id is { } id)
        {
            using var one = VectraRows.IsId(id) ? await VectraRows.OneAsync(vectra, $"hosts/{id}", cancellationToken) : null;
            return new Answer<SeenHost>(one is null ? [] : [Read(one.RootElement)]);
        }

        var query = new VectraQuery("hosts")
            .With("name", question.Name is { } name ? SourceWire.ShortName(name) : null)
            .With("last_source", question.Address)
            .With("mac_address", question.Mac);
        // The platform's filter by name finds parts of names too.
        return await VectraRows.ReadAsync(
            vectra, query, question.Limit, row => question.Name is null || SourceWire.IsSameName(row.Text("name"), question.Name) ? Read(row) : null, context, cancellationToken);
    }

    /// <summary>The id of the host of this name, for questions that only take ids.</summary>
    public static async Task<IReadOnlyList<string>> IdsAsync(VectraClient vectra, HostIdentity host, ToolContext context, CancellationToken cancellationToken)
    {
        if (VectraRows.IsId(host.Id))
            return [host.Id!];
        if ((host.Name ?? host.Fqdn) is not { } name)
            return [];
        var found = await AskAsync(vectra, new HostQuestion(name, Limit: 20), context, cancellationToken);
        return [.. found.Items.Select(seen => seen.Identity.Id).OfType<string>()];
    }

    private static SeenHost Read(JsonElement host)
    {
        var seen = host.Time("last_seen") ?? host.Time("last_detection_timestamp");
        var addresses = new List<AddressUse>();
        if ((host.Text("last_source") ?? host.Text("ip")).OrNull() is { } current)
            addresses.Add(new AddressUse(current, null, seen));
        // When it had these, the platform does not say.
        addresses.AddRange(host.Texts("previous_ips").Select(address => new AddressUse(address)));
        var artifacts = host.Items("host_artifact_set").ToList();
        return new SeenHost(
            new HostIdentity(
                host.Text("id"), host.Text("name"), Macs: artifacts.Where(artifact => artifact.Text("type") == "mac").Select(artifact => SourceWire.Mac(artifact.Text("value"))).OfType<string>().Distinct().OrNull(),
                Addresses: addresses.OrNull()),
            Viewpoint.Network,
            Owners: host.Text("probable_owner").OrNull() is { } owner ? [new UserIdentity(Upn: owner.Contains('@', StringComparison.Ordinal) ? owner : null, AccountName: SourceWire.Account(owner))] : null,
            Risk: host.Whole("threat"),
            IsKeyAsset: host.Flag("key_asset") ?? host.Flag("is_key_asset"),
            Vendor: artifacts.Select(artifact => artifact.Text("vendor")).FirstOrDefault(vendor => vendor is not null),
            Groups: host.Texts("tags").OrNull(),
            LastSeen: seen);
    }
}
