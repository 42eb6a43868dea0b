using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;
using Sallyport.Gateway.Investigations.Ocsf;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>Open alerts of all platforms in one order: how bad, then on how many platforms the same host is spoken of, then how new.</summary>
internal static class AlertQueue
{
    public static async Task<View> LookAsync(SourceDesk desk, QueueAlerts asked, CancellationToken cancellationToken)
    {
        var question = new AlertQuestion(desk.Now.AddHours(-asked.Hours), OnlyOpen: asked.OnlyOpen, AtLeast: Enum.Parse<SourceSeverity>(asked.MinSeverity, ignoreCase: true), Limit: 1_000);
        var alerts = await desk.AlertsAsync(_ => question, cancellationToken);
        var speakers = alerts.SelectMany(alert => (alert.Item.Hosts ?? []).Select(host => (Name: HostMatching.ShortName(host), alert.Source)))
            .Where(pair => pair.Name is not null).GroupBy(pair => pair.Name!, pair => pair.Source, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Distinct().Order(StringComparer.Ordinal).ToList(), StringComparer.OrdinalIgnoreCase);
        var ordered = alerts.Select(alert => (Alert: alert, On: On(alert.Item)))
            .OrderByDescending(pair => pair.Alert.Item.Severity).ThenByDescending(pair => pair.On.Count).ThenByDescending(pair => pair.Alert.Item.Risk)
            .ThenByDescending(pair => pair.Alert.Item.Started).ThenBy(pair => pair.Alert.Source, StringComparer.Ordinal).ThenBy(pair => pair.Alert.Item.Id, StringComparer.Ordinal).ToList();
        var summary = new JsonObject { ["alerts"] = ordered.Count };
        foreach (var severity in ordered.GroupBy(pair => pair.Alert.Item.Severity).OrderByDescending(group => group.Key))
            summary[severity.Key.ToString().ToLowerInvariant()] = severity.Count();
        return ViewWriter.Write(desk, summary, [.. ordered.Select(pair =>
        {
            var row = OcsfFindings.Alert(pair.Alert, asked.Detail);
            if (pair.On.Count > 1)
                row["unmapped"] = (row["unmapped"] as JsonObject ?? []).With("host_alerts_on", OcsfEvent.List(pair.On.Select(source => (JsonNode?)source)));
            return row;
        })]);

        List<string> On(SeenAlert alert) => (alert.Hosts ?? []).Select(HostMatching.ShortName).OfType<string>().Select(name => speakers.GetValueOrDefault(name, [])).MaxBy(sources => sources.Count) ?? [];
    }
}
