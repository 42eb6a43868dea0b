using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;

namespace Sallyport.Gateway.Investigations.Matching;

/// <summary>Says which platforms' users are one person: by the directory's id, the security identifier, the principal name, or a bare account name.</summary>
internal static class UserMatching
{
    public static IReadOnlyList<Group<SeenUser>> Group(IReadOnlyList<Found<SeenUser>> users)
    {
        var links = Joining.Links(users, user => Known(user.Identity.DirectoryId), "directory_id", 100, "the directory's object id")
            .Concat(Joining.Links(users, user => Known(user.Identity.Sid), "sid", 95, "security identifier"))
            .Concat(Joining.Links(users, user => Known(user.Identity.Upn), "upn", 90, "user principal name"))
            .Concat(Joining.Links(
                users, user => Known(user.Identity.AccountName), "account_name", 70, "account name",
                (left, right, _) => users[left].Item.Identity.Upn is null || users[right].Item.Identity.Upn is null));
        return Joining.Join(users, links, Contradiction, user => $"{user.Item.Identity.Upn ?? user.Item.Identity.AccountName} ({user.Item.Identity.Id})", Conflicts);
    }

    private static string? Contradiction(IReadOnlyList<Found<SeenUser>> left, IReadOnlyList<Found<SeenUser>> right, Link link)
    {
        if (link.Score >= 95)
            return null;
        var (upns, others) = (left.Select(user => user.Item.Identity.Upn).OfType<string>().ToList(), right.Select(user => user.Item.Identity.Upn).OfType<string>().ToList());
        return upns.Count > 0 && others.Count > 0 && !upns.Intersect(others, StringComparer.OrdinalIgnoreCase).Any() ? "their principal names differ" : null;
    }

    private static IEnumerable<Conflict> Conflicts(IReadOnlyList<Found<SeenUser>> users)
    {
        foreach (var (about, saying) in new (string, Func<SeenUser, string?>)[] { ("department", user => user.Department), ("job_title", user => user.JobTitle), ("email", user => user.Email) })
        {
            var said = users.Select(user => (user.Source, Says: saying(user.Item))).Where(pair => pair.Says is not null).Select(pair => (pair.Source, Says: pair.Says!)).ToList();
            if (said.Select(pair => pair.Says).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
                yield return new Conflict(about, said);
        }
    }

    private static IEnumerable<string> Known(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [text];
}
