using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Detections;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Investigations;

/// <summary>Tools that tell who looks after what.</summary>
internal static class AssignmentLists
{
    private const string Toolset = "investigations";
    private const string Nothing = "No assignments match.";
    private const int MostOfEntities = 1000;

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Raw<VectraClient, ListAssignments>(
            ToolAccess.Read, "vectra_assignments_list", "Lists which hosts and accounts are assigned to whom.",
            static () => VectraJson.Default.ListAssignments, static (vectra, args, context, _) => Task.FromResult(ListOf(vectra, args, context)))
            with { Alias = "list_assignments", Title = "List assignments", Rows = "results", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
        Tool.Raw<VectraClient, ListUserAssignments>(
            ToolAccess.Read, "vectra_user_assignments_list", "Lists what is assigned to one user; vectra_users_list knows the ids.",
            static () => VectraJson.Default.ListUserAssignments, static (vectra, args, context, _) => Task.FromResult(OfUser(vectra, args, context)))
            with { Alias = "list_assignments_for_user", Title = "List a user's assignments", Rows = "results", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
        Tool.Raw<VectraClient, ListEntityAssignments>(
            ToolAccess.Read, "vectra_entity_assignments_list", "Lists the assignments of some hosts, or of some accounts.",
            static () => VectraJson.Default.ListEntityAssignments, static (vectra, args, context, _) => Task.FromResult(OfEntities(vectra, args, context)))
            with { Alias = "get_assignment_for_entity", Title = "List entities' assignments", Rows = "assignments", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
        Tool.Raw<VectraClient, AssignmentRef>(
            ToolAccess.Read, "vectra_assignment_get", "Gets one assignment with its history and outcome.",
            static () => VectraJson.Default.AssignmentRef, GetAsync)
            with { Alias = "get_assignment_detail_by_id", Title = "Get an assignment", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
    ];

    private static ToolContent ListOf(VectraClient vectra, ListAssignments args, ToolContext context)
    {
        var query = new VectraQuery("assignments").With("resolved", args.Resolved)
            .With("created_after", VectraTime.Write(VectraTime.Read("created_after", args.CreatedAfter)));
        return Answer().Of(new PageWalk(vectra, query, args.Limit, context));
    }

    /// <summary>The platform ignores parameters that it does not know, and would then answer with everybody's; so the owner is looked at as well.</summary>
    private static ToolContent OfUser(VectraClient vectra, ListUserAssignments args, ToolContext context)
    {
        var user = args.UserId.ToString(CultureInfo.InvariantCulture);
        var query = new VectraQuery("assignments").With("assignees", user).With("resolved", args.Resolved);
        return Answer(row => JsonMember.Text(row.Span, "assigned_to", "id") == user ? row : default).Of(new PageWalk(vectra, query, args.Limit, context));
    }

    private static ToolContent OfEntities(VectraClient vectra, ListEntityAssignments args, ToolContext context)
    {
        var query = new VectraQuery("assignments").With($"{args.EntityType}s", args.EntityIds.Select(static id => id.ToString(CultureInfo.InvariantCulture)));
        return new ListAnswer("count", "assignments") { Nothing = Nothing }.Of(new PageWalk(vectra, query, MostOfEntities, context));
    }

    /// <summary>All pages as one, in the shape of a page.</summary>
    private static ListAnswer Answer(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? show = null) => new("count", "results")
    {
        Show = show ?? (static row => row),
        IsFiltered = show is not null,
        Finish = static (json, _) =>
        {
            json.WriteNull("next");
            json.WriteNull("previous");
        },
        Nothing = Nothing,
    };

    private static async Task<ToolContent> GetAsync(VectraClient vectra, AssignmentRef args, ToolContext context, CancellationToken cancellationToken)
    {
        var response = await vectra.GetAsync(args.Path, cancellationToken);
        context.NoteRead("assignment", args.AssignmentId.ToString(CultureInfo.InvariantCulture));
        return response.PassOn();
    }
}

/// <summary>Asks for assignments.</summary>
internal sealed record ListAssignments(
    [Description("true: the resolved ones, false: those still open.")] bool Resolved = false,
    [Description("Made at or after this time; UTC unless an offset is given."), NullMatters, Format(TextFormat.DateTime)] string? CreatedAfter = null,
    [Description(Words.Limit), Range(1, 1000)] int Limit = 100);

/// <summary>Asks for one user's assignments.</summary>
internal sealed record ListUserAssignments(
    [Description("Id of the user."), Range(1, int.MaxValue)] long UserId,
    [Description("true: the resolved ones, false: those still open.")] bool Resolved = false,
    [Description(Words.Limit), Range(1, 1000)] int Limit = 100);

/// <summary>Asks for the assignments of some entities of one kind.</summary>
internal sealed record ListEntityAssignments(
    [Description("Ids of the hosts or accounts."), ItemCount(1, 100), UniqueItems, EachItem(Minimum = 1)] IReadOnlyList<long> EntityIds,
    [Description("What the ids are."), AllowedValues("host", "account")] string EntityType);

/// <summary>Names one assignment.</summary>
internal sealed record AssignmentRef([Description("Id of the assignment."), Range(1, int.MaxValue)] long AssignmentId)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public VectraQuery Path => new($"assignments/{AssignmentId.ToString(CultureInfo.InvariantCulture)}");
}
