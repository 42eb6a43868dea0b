using System.Text.Json;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>People and mailboxes that ESET protects.</summary>
internal static class EsetUsers
{
    public static Task<Answer<SeenUser>> AskAsync(EsetClient eset, UserQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var filter = question.Name.Contains('@', StringComparison.Ordinal) && question.Name.Length <= 100 ? $"email={Uri.EscapeDataString(question.Name)}&" : "";
        return EsetRows.ReadAsync(
            eset, "user-management", $"/v1/users?{filter}", "users", question.Limit, row => Names(row).Any(name => SourceWire.IsSameUser(name, question.Name)) ? Read(row) : null, context, cancellationToken);
    }

    private static IEnumerable<string> Names(JsonElement user) => user.Items("identities").SelectMany(identity => new[] { identity.Text("userName"), identity.Text("providerReference") })
        .Append(user.Text("primaryEmailAddress")).OfType<string>().Where(name => name.Length > 0);

    private static SeenUser Read(JsonElement user)
    {
        var identity = user.Items("identities").FirstOrDefault();
        var mail = user.Text("primaryEmailAddress").OrNull();
        return new SeenUser(
            new UserIdentity(user.Text("uuid"), identity.Text("providerReference").OrNull() ?? mail, identity.Text("userName").OrNull() ?? SourceWire.Account(mail)),
            user.Text("displayName").OrNull(), mail, user.Text("department").OrNull(), user.Text("jobTitle").OrNull(),
            State: user.Text("protectionStatus")?.Replace("PROTECTION_STATUS_", "", StringComparison.Ordinal).ToLowerInvariant());
    }
}
