using System.Net;
using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Entities;

/// <summary>Tools that find a host or an account by what people know of it: a name or an address.</summary>
internal static class EntityFinds
{
    private const string Toolset = "entities";
    private const int MostMatches = 1000;
    private const int MostHosts = 50;
    private static readonly string[] Kinds = ["host", "account"];

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Read<VectraClient, FindEntities, EntityMatches>(
            "vectra_entities_find",
            "Finds hosts and accounts by a part of their name, active and inactive ones, with their ids and urgency.",
            static () => VectraJson.Default.FindEntities, static () => VectraJson.Default.EntityMatches, ByNameAsync)
            with { Alias = "lookup_entity_info_by_name", Title = "Find hosts and accounts by name", Rows = "matched_entities", UntrustedMembers = ["name"], Toolset = Toolset },
        Tool.Raw<VectraClient, FindHost>(
            ToolAccess.Read, "vectra_host_find",
            "Finds the host that has an IP address now or had it last, active or not.",
            static () => VectraJson.Default.FindHost, ByAddressAsync)
            with { Alias = "lookup_host_by_ip", Title = "Find a host by address", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
    ];

    private static async Task<EntityMatches> ByNameAsync(VectraClient vectra, FindEntities args, ToolContext context, CancellationToken cancellationToken)
    {
        var found = new FoundEntities();
        string?[] lists = vectra.Api.IsAppliance ? [.. Kinds] : [null];
        foreach (var kind in lists)
        {
            var before = found.InactiveCount;
            await found.AddAsync(new PageWalk(vectra, vectra.Api.Entities(kind).With("name", args.EntityName), MostMatches, context), kind, cancellationToken);
            // Some versions list only active ones when no state is named.
            if (found.InactiveCount == before)
                await found.AddAsync(new PageWalk(vectra, vectra.Api.Entities(kind).With("state", "inactive").With("name", args.EntityName), MostMatches, context), kind, cancellationToken);
        }

        return new EntityMatches(found.Matches.Count, found.Matches, found.IncompleteReason is null, found.IncompleteReason);
    }

    private static async Task<ToolContent> ByAddressAsync(VectraClient vectra, FindHost args, ToolContext context, CancellationToken cancellationToken)
    {
        var address = VectraAddress.Read(args.HostIp);
        var known = new PageWalk(vectra, new VectraQuery("hosts").With("last_source", address.ToString()), MostHosts, context);
        if (await FirstAsync(known, address, cancellationToken) is { } host)
            return Answer(host, isComplete: true);
        var isComplete = true;
        foreach (var state in new[] { "active", "inactive" })
        {
            var scan = new PageWalk(vectra, vectra.Api.Entities("host").With("state", state), vectra.Settings.MaxItems, context);
            if (await FirstAsync(scan, address, cancellationToken) is { } seen)
                return Answer(seen, isComplete: true);
            isComplete &= scan.IncompleteReason is null && !(scan.Count > scan.Seen);
        }

        return Answer(null, isComplete);
    }

    private static async Task<byte[]?> FirstAsync(PageWalk walk, IPAddress address, CancellationToken cancellationToken)
    {
        await foreach (var row in walk.RowsAsync(cancellationToken))
        {
            if (VectraAddress.Is(row.Span, "ip", address) || VectraAddress.Is(row.Span, "last_source", address))
                return row.ToArray();
        }

        return null;
    }

    private static ToolContent Answer(byte[]? host, bool isComplete)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("matched_host");
            if (host is null)
                json.WriteNullValue();
            else
                json.WriteRawValue(host);
            if (!isComplete)
                json.WriteBoolean("scan_complete", false);
            if (host is null)
                json.WriteString("message", isComplete ? "No host has this address." : "No host with this address among those searched; there are more than one call searches.");
            json.WriteEndObject();
        }

        return ToolContent.FromJson(buffer.ToArray());
    }
}
