using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Entities;

/// <summary>Tools that find hosts and accounts.</summary>
internal static class EntityLists
{
    private const string Toolset = "entities";

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Raw<VectraClient, ListEntities>(
            ToolAccess.Read, "vectra_entities_list",
            "Lists hosts and accounts, most urgent first, prioritized or not. Ids of hosts and of accounts are counted apart: always use id and type together.",
            static () => VectraJson.Default.ListEntities,
            static (vectra, args, context, _) => Task.FromResult(ListOf(vectra, args, context)))
            with { Alias = "list_entities", Title = "List hosts and accounts", Rows = "entities", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
    ];

    private static ToolContent ListOf(VectraClient vectra, ListEntities args, ToolContext context)
    {
        if (args is { HostIp: not null, EntityType: "account" })
            throw new InvalidArgumentsException("host_ip: only hosts have addresses; leave entity_type out or set it to host.");
        var kind = args.HostIp is null ? args.EntityType : "host";
        if (vectra.Api.IsAppliance && kind is null)
            throw new InvalidArgumentsException("entity_type: is required, because this appliance lists hosts and accounts apart.");
        var query = vectra.Api.Entities(kind)
            .With("state", args.State).With("ordering", args.Ordering).With("name", args.Name)
            .With("is_prioritized", args.IsPrioritized).With("tags", args.Tags);
        var order = new ObservedOrder(args.Ordering.TrimStart('-'));
        var address = args.HostIp is null ? null : VectraAddress.Read(args.HostIp);
        return new ListAnswer("total_count", "entities")
        {
            IsFiltered = address is not null,
            Show = row =>
            {
                order.See(row.Span);
                return address is null || VectraAddress.Is(row.Span, "ip", address) ? row : default;
            },
            Finish = (json, _) => order.Write(json),
            Nothing = "No hosts or accounts match these filters.",
        }.Of(new PageWalk(vectra, query, args.Limit, context));
    }
}
