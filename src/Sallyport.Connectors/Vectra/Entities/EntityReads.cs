using System.Globalization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Entities;

/// <summary>Tools about one host or one account.</summary>
internal static class EntityReads
{
    private const string Toolset = "entities";

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Raw<VectraClient, HostRef>(
            ToolAccess.Read, "vectra_host_get",
            "Gets one host: addresses, names, scores, its detections in short, notes and who looks after it.",
            static () => VectraJson.Default.HostRef, HostAsync)
            with { Alias = "get_host_details", Title = "Get a host", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
        Tool.Raw<VectraClient, GetAccount>(
            ToolAccess.Read, "vectra_account_get",
            "Gets one account: scores, privileges, its detections in short, notes and who looks after it.",
            static () => VectraJson.Default.GetAccount, AccountAsync)
            with { Alias = "get_account_details", Title = "Get an account", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
    ];

    private static async Task<ToolContent> HostAsync(VectraClient vectra, HostRef args, ToolContext context, CancellationToken cancellationToken)
    {
        var id = args.HostId.ToString(CultureInfo.InvariantCulture);
        var response = await vectra.GetAsync(new VectraQuery($"hosts/{id}"), cancellationToken);
        context.NoteRead("host", id);
        return response.PassOn();
    }

    private static async Task<ToolContent> AccountAsync(VectraClient vectra, GetAccount args, ToolContext context, CancellationToken cancellationToken)
    {
        if (args is { Fields.Count: > 0, ExcludeFields.Count: > 0 } && !args.Fields.Except(args.ExcludeFields).Any())
            throw new InvalidArgumentsException("exclude_fields: leaves out everything that fields asks for.");
        var id = args.AccountId.ToString(CultureInfo.InvariantCulture);
        var query = new VectraQuery($"accounts/{id}")
            .With("fields", VectraNames.Of(args.Fields))
            .With("exclude_fields", VectraNames.Of(args.ExcludeFields))
            .With("include_access_history", args.IncludeAccessHistory)
            .With("include_detection_summaries", args.IncludeDetectionSummaries)
            .With("include_external", args.IncludeExternal)
            .With("src_linked_account", args.SrcLinkedAccount);
        var response = await vectra.GetAsync(query, cancellationToken);
        context.NoteRead("account", id);
        return response.PassOn();
    }
}
