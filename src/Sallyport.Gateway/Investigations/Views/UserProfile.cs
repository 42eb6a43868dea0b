using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;
using Sallyport.Gateway.Investigations.Ocsf;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>One user as all platforms see them, with the alerts about them.</summary>
internal static class UserProfile
{
    public static async Task<View> LookAsync(SourceDesk desk, ProfileUser asked, CancellationToken cancellationToken)
    {
        var users = await desk.UsersAsync(_ => new UserQuestion(asked.User), cancellationToken);
        var groups = UserMatching.Group(users);
        var alerts = await desk.AlertsAsync(source => new AlertQuestion(desk.Now.AddDays(-asked.Days), Users: For(source, groups, asked.User)), cancellationToken);
        var ordered = alerts.OrderByDescending(alert => alert.Item.Severity).ThenByDescending(alert => alert.Item.Started).ThenBy(alert => alert.Item.Id, StringComparer.Ordinal).ToList();
        return ViewWriter.Write(
            desk,
            new JsonObject { ["user_count"] = groups.Count, ["alerts"] = ordered.Count, ["open_alerts"] = ordered.Count(alert => alert.Item.State is WorkState.New or WorkState.InProgress) },
            [.. groups.Select(group => OcsfInventory.User(group, desk.Now, asked.Detail)), .. ordered.Select(alert => OcsfFindings.Alert(alert, asked.Detail))]);
    }

    /// <summary>The user as this source knows them, or as they were asked for.</summary>
    private static List<UserIdentity> For(string source, IReadOnlyList<Group<SeenUser>> groups, string asked)
    {
        var own = groups.SelectMany(group => group.Members).Where(member => member.Source == source).Select(member => member.Item.Identity).Take(20).ToList();
        if (own.Count > 0)
            return own;
        var others = groups.Select(group => new UserIdentity(
            Upn: group.Members.Select(member => member.Item.Identity.Upn).FirstOrDefault(upn => upn is not null),
            AccountName: group.Members.Select(member => member.Item.Identity.AccountName).FirstOrDefault(name => name is not null))).Take(20).ToList();
        return others.Count > 0 ? others : [new UserIdentity(Upn: asked.Contains('@', StringComparison.Ordinal) ? asked : null, AccountName: asked.Split('@')[0])];
    }
}
