using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Detections;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Investigations;

/// <summary>The tool that tells who works with the platform.</summary>
internal static class Users
{
    public static Tool List { get; } = Tool.Raw<VectraClient, ListUsers>(
        ToolAccess.Read, "vectra_users_list",
        "Lists the platform's users with their ids and roles, for example to find whom to assign something to.",
        static () => VectraJson.Default.ListUsers, ListAsync)
        with
    { Alias = "list_platform_users", Title = "List users", Rows = "user_list", UntrustedMembers = ["name"], Toolset = "investigations" };

    private static async Task<ToolContent> ListAsync(VectraClient vectra, ListUsers args, ToolContext context, CancellationToken cancellationToken)
    {
        var query = new VectraQuery("users")
            .With("role", args.Role is null ? null : vectra.Api.Role(args.Role))
            .With("last_login_gte", VectraTime.Write(VectraTime.Read("last_login_after", args.LastLoginAfter)))
            .With("email", args.Email);
        var question = $"{query} {args.Limit}";
        if (vectra.Users.TryFind(question, out var known))
            return ToolContent.FromJson(known);
        var walk = new PageWalk(vectra, query, args.Limit, context);
        await using var content = new ListAnswer("user_count", "user_list") { Nothing = "No users match." }.Of(walk);
        using var answer = new MemoryStream();
        await content.Stream!.CopyToAsync(answer, cancellationToken);
        if (walk.IncompleteReason is null)
            vectra.Users.Keep(question, answer.ToArray());
        return ToolContent.FromJson(answer.ToArray());
    }
}

/// <summary>Asks for users.</summary>
internal sealed record ListUsers(
    [Description("Only with this role."), NullMatters]
    [AllowedValues("admins", "auditor", "global_analyst", "read_only", "restricted_admins", "security_analyst", "setting_admins", "super_admins")] string? Role = null,
    [Description("Signed in at or after this time; UTC unless an offset is given."), NullMatters, Format(TextFormat.DateTime)] string? LastLoginAfter = null,
    [Description("Only the user with this address."), NullMatters, StringLength(254), RegularExpression(@"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$")] string? Email = null,
    [Description(Words.Limit), Range(1, 1000)] int Limit = 1000);
