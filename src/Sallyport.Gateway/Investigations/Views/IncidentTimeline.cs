using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;
using Sallyport.Gateway.Investigations.Ocsf;
using Sallyport.Gateway.Investigations.Pictures;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>What happened around an incident, a host or a user, from all platforms in order of time, with two pictures of it.</summary>
internal static class IncidentTimeline
{
    private const int MostEntities = 20;
    private static readonly TimeSpan Around = TimeSpan.FromHours(24);

    public static async Task<View> LookAsync(SourceDesk desk, ShowTimeline asked, CancellationToken cancellationToken)
    {
        if (asked is { Incident: null, Host: null, User: null })
            throw new InvalidArgumentsException("Give an incident, a host or a user.");
        IReadOnlyList<Found<SeenIncident>> incidents = asked.Incident is { } id ? await desk.IncidentsAsync(source => IdFor(source, id) is { } own ? new IncidentQuestion(own) : null, cancellationToken) : [];
        var known = incidents.SelectMany(incident => (incident.Item.Alerts ?? []).Select(alert => new Found<SeenAlert>(incident.Source, alert))).ToList();
        var (hosts, users) = (HostsOf(known, asked.Host), UsersOf(known, asked.User));
        // The incident's own alerts say when; without one the caller does.
        var since = Times.Read("since", asked.Since) ?? (known.Count > 0 ? known.Min(alert => alert.Item.Started) - Around : desk.Now.AddDays(-7));
        var until = Times.Read("until", asked.Until) ?? (known.Count > 0 ? known.Max(alert => alert.Item.Ended ?? alert.Item.Started) + Around : desk.Now);
        IReadOnlyList<Found<SeenAlert>> around = hosts.Count + users.Count > 0
            ? await desk.AlertsAsync(source => new AlertQuestion(since, until, Own(source, hosts), [.. users.Select(user => Strip(source, user))]), cancellationToken)
            : [];
        var events = known.Concat(around).DistinctBy(alert => (alert.Source, alert.Item.Id))
            .OrderBy(alert => alert.Item.Started).ThenBy(alert => alert.Source, StringComparer.Ordinal).ThenBy(alert => alert.Item.Id, StringComparer.Ordinal).ToList();
        var summary = new JsonObject { ["events"] = events.Count, ["from"] = OcsfEvent.Text(since), ["until"] = OcsfEvent.Text(until) }
            .With("hosts", OcsfEvent.List(hosts.Select(host => (JsonNode?)(host.Item.Fqdn ?? host.Item.Name))))
            .With("users", OcsfEvent.List(users.Select(user => (JsonNode?)(user.Item.Upn ?? user.Item.AccountName))))
            .With("techniques", OcsfEvent.List(events.SelectMany(alert => alert.Item.Techniques ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(technique => (JsonNode?)technique)));
        if (asked.Incident is not null && incidents.Count == 0)
            summary["note"] = "No platform that answered knows this incident.";
        var title = incidents.Count > 0 ? incidents[0].Item.Title : $"Events on {asked.Host ?? asked.User}";
        return ViewWriter.Write(
            desk, summary, [.. incidents.Select(incident => OcsfFindings.Incident(incident, asked.Detail)), .. events.Select(alert => OcsfFindings.Alert(alert, asked.Detail))],
            asked.Pictures == "none" || events.Count == 0 ? [] : Draw(desk.Call.Id, title, events, asked.Pictures));
    }

    private static IReadOnlyList<ToolAttachment> Draw(string callId, string title, IReadOnlyList<Found<SeenAlert>> events, string themes) =>
    [
        .. from theme in PictureTheme.Of(themes)
           from picture in new[] { (Name: "timeline", Svg: TimelinePicture.Draw(title, events, theme)), (Name: "entities", Svg: EntityPicture.Draw(title, events, theme)) }
           select new ToolAttachment($"sallyport://calls/{callId}/{picture.Name}-{theme.Name}.svg", "image/svg+xml", picture.Svg),
    ];

    /// <summary><c>defender:2972395</c> is asked of that platform only; a bare id of all of them.</summary>
    private static string? IdFor(string source, string id)
    {
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? id : id[..colon].Equals(source, StringComparison.OrdinalIgnoreCase) ? id[(colon + 1)..] : null;
    }

    private static List<Found<HostIdentity>> HostsOf(IEnumerable<Found<SeenAlert>> alerts, string? asked) =>
    [
        .. (asked is null ? [] : new[] { new Found<HostIdentity>("", new HostIdentity(Name: asked.Split('.')[0], Fqdn: asked.Contains('.', StringComparison.Ordinal) ? asked : null)) })
            .Concat(alerts.SelectMany(alert => (alert.Item.Hosts ?? []).Select(host => new Found<HostIdentity>(alert.Source, host))))
            .Where(host => HostMatching.ShortName(host.Item) is not null).DistinctBy(host => HostMatching.ShortName(host.Item), StringComparer.OrdinalIgnoreCase).Take(MostEntities),
    ];

    private static List<Found<UserIdentity>> UsersOf(IEnumerable<Found<SeenAlert>> alerts, string? asked) =>
    [
        .. (asked is null ? [] : new[] { new Found<UserIdentity>("", new UserIdentity(Upn: asked.Contains('@', StringComparison.Ordinal) ? asked : null, AccountName: asked.Split('@')[0])) })
            .Concat(alerts.SelectMany(alert => (alert.Item.Users ?? []).Select(user => new Found<UserIdentity>(alert.Source, user))))
            .Where(user => (user.Item.Upn ?? user.Item.AccountName) is not null).DistinctBy(user => user.Item.Upn ?? user.Item.AccountName, StringComparer.OrdinalIgnoreCase).Take(MostEntities),
    ];

    /// <summary>One source's ids mean nothing to another.</summary>
    private static IReadOnlyList<HostIdentity> Own(string source, IReadOnlyList<Found<HostIdentity>> hosts)
        => [.. hosts.Select(host => host.Source == source ? host.Item : new HostIdentity(Name: host.Item.Name, Fqdn: host.Item.Fqdn))];

    private static UserIdentity Strip(string source, Found<UserIdentity> user) => user.Source == source ? user.Item : user.Item with { Id = null };
}
