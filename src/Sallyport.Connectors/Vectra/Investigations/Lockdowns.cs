using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Investigations;

/// <summary>The tool that tells which hosts and accounts are cut off.</summary>
internal static class Lockdowns
{
    private static readonly string[] Kinds = ["host", "account"];

    public static Tool List { get; } = Tool.Read<VectraClient, ListLockdowns, LockedEntities>(
        "vectra_lockdowns_list",
        "Lists hosts and accounts that are in lockdown now: since when, by whom and until when.",
        static () => VectraJson.Default.ListLockdowns, static () => VectraJson.Default.LockedEntities, ListAsync)
        with
    { Alias = "list_lockdown_entities", Title = "List lockdowns", Rows = "entities", UntrustedMembers = Untrusted.Members, Toolset = "investigations" };

    private static async Task<LockedEntities> ListAsync(VectraClient vectra, ListLockdowns args, CancellationToken cancellationToken)
    {
        List<JsonElement> locked;
        try
        {
            locked = await ReadAsync(vectra, args.EntityType, cancellationToken);
        }
        catch (UpstreamException exception) when (exception.Failure == UpstreamFailure.Rejected && args.EntityType is null)
        {
            // Some versions want to be told which kind.
            locked = [];
            foreach (var kind in Kinds)
                locked.AddRange(await ReadAsync(vectra, kind, cancellationToken));
        }

        return new LockedEntities(locked.Count, locked);
    }

    private static async Task<List<JsonElement>> ReadAsync(VectraClient vectra, string? kind, CancellationToken cancellationToken)
    {
        await using var response = await vectra.GetAsync(new VectraQuery("lockdown").With("type", kind), cancellationToken);
        return await response.ReadAsync(VectraWireJson.Default.ListJsonElement, cancellationToken);
    }
}

/// <summary>Asks what is in lockdown.</summary>
internal sealed record ListLockdowns([Description("Only hosts or only accounts; left out: both."), NullMatters, AllowedValues("host", "account")] string? EntityType = null);

/// <summary>What is in lockdown.</summary>
internal sealed record LockedEntities(int Count, IReadOnlyList<JsonElement> Entities);
