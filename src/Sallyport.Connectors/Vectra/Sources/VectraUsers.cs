using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Sources;

/// <summary>Accounts as network sensors and cloud connections see them.</summary>
internal static class VectraUsers
{
    public static Task<Answer<SeenUser>> AskAsync(VectraClient vectra, UserQuestion question, ToolContext context, CancellationToken cancellationToken)
        => VectraRows.ReadAsync(
            vectra, new VectraQuery("accounts").With("name", SourceWire.Account(question.Name)), question.Limit,
            row => Names(row.Text("name"), question.Name) ? Read(row) : null, context, cancellationToken);

    /// <summary>The ids of the accounts of this user, for questions that only take ids.</summary>
    public static async Task<IReadOnlyList<string>> IdsAsync(VectraClient vectra, UserIdentity user, ToolContext context, CancellationToken cancellationToken)
    {
        if (VectraRows.IsId(user.Id))
            return [user.Id!];
        if ((user.Upn ?? user.AccountName) is not { } name)
            return [];
        var found = await AskAsync(vectra, new UserQuestion(name, 20), context, cancellationToken);
        return [.. found.Items.Select(seen => seen.Identity.Id).OfType<string>()];
    }

    public static UserIdentity Identity(JsonElement account)
    {
        var name = Bare(account.Text("name"));
        return new UserIdentity(account.Text("id"), name?.Contains('@', StringComparison.Ordinal) is true ? name : null, SourceWire.Account(name));
    }

    private static SeenUser Read(JsonElement account) => new(
        Identity(account), Risk: account.Whole("threat"), Privilege: account.Text("privilege_category"), State: account.Text("state"), LastSeen: account.Time("last_detection_timestamp"));

    private static bool Names(string? name, string wanted) => SourceWire.IsSameUser(Bare(name), wanted);

    /// <summary>Accounts of a cloud carry its name in front: <c>O365:alice@contoso.example</c>.</summary>
    private static string? Bare(string? name) => name?[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
