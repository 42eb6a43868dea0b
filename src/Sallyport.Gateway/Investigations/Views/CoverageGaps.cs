using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;
using Sallyport.Gateway.Investigations.Ocsf;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>Hosts that the network or a scan shows and no endpoint agent reports from, and agents that have gone silent.</summary>
internal static class CoverageGaps
{
    private const int MostHosts = 20_000;

    public static async Task<View> LookAsync(SourceDesk desk, FindGaps asked, CancellationToken cancellationToken)
    {
        var hosts = await desk.HostsAsync(_ => new HostQuestion(Limit: MostHosts), cancellationToken);
        var groups = HostMatching.Group(hosts);
        var doubts = Doubts(desk, hosts);
        var (silent, recent) = (desk.Now.AddDays(-asked.SilentDays), desk.Now.AddDays(-asked.SeenWithinDays));
        var gaps = groups.Select(group => (Group: group, Gap: GapOf(group, silent, recent))).Where(pair => pair.Gap is not null)
            .OrderBy(pair => pair.Gap!.Kind, StringComparer.Ordinal).ThenByDescending(pair => pair.Group.Members.Max(member => member.Item.LastSeen)).ThenBy(pair => pair.Group.Members[0].Item.Identity.Id, StringComparer.Ordinal).ToList();
        var summary = new JsonObject
        {
            ["host_count"] = groups.Count,
            ["no_agent"] = gaps.Count(pair => pair.Gap!.Kind == "no_agent"),
            ["silent_agent"] = gaps.Count(pair => pair.Gap!.Kind == "silent_agent"),
        };
        summary.With("unsure_because", OcsfEvent.List(doubts.Select(doubt => (JsonNode?)doubt)));
        return ViewWriter.Write(desk, summary, [.. gaps.Select(pair =>
        {
            var row = OcsfInventory.Device(pair.Group, desk.Now, asked.Detail);
            row["unmapped"]!.AsObject().With("gap", new JsonObject { ["kind"] = pair.Gap!.Kind, ["because"] = pair.Gap.Reason }
                .With("certain", pair.Gap.Kind == "silent_agent" || doubts.Count == 0));
            return row;
        })]);
    }

    /// <summary>Why "no agent" may only mean that an agent was not heard of: a source of agents that did not answer, or not whole.</summary>
    private static List<string> Doubts(SourceDesk desk, IReadOnlyList<Found<SeenHost>> hosts)
    {
        var agents = desk.Of(SourceKind.Hosts).Where(entry => entry.Source!.Looks == Viewpoint.Agent).Select(SourceDesk.NameOf).ToHashSet(StringComparer.Ordinal);
        var doubts = desk.Reports.Where(report => !report.IsWhole && agents.Contains(report.Source)).Select(report => $"{report.Source}: {report.Incomplete ?? report.Word}").ToList();
        if (!hosts.Any(host => host.Item.Agent is not null))
            doubts.Add("no endpoint platform answered with a single agent");
        return doubts;
    }

    private static Gap? GapOf(Group<SeenHost> group, DateTimeOffset silent, DateTimeOffset recent)
    {
        var agents = group.Members.Where(member => member.Item.Agent is not null).ToList();
        var seen = group.Members.Where(member => member.Item.Seen is Viewpoint.Network or Viewpoint.Scan && member.Item.LastSeen >= recent).ToList();
        if (agents.Count == 0)
        {
            return seen.Count == 0 ? null : new Gap("no_agent", $"seen by {string.Join(", ", seen.Select(member => $"{member.Source} at {OcsfEvent.Text(member.Item.LastSeen!.Value)}"))}; no endpoint agent reports from it");
        }

        // One agent that reports is enough.
        if (agents.Max(member => member.Item.Agent!.LastReport) is not { } last || last >= silent)
            return null;
        var since = seen.Where(member => member.Item.LastSeen > last).Select(member => member.Source).Distinct().ToList();
        return new Gap("silent_agent", $"last report {OcsfEvent.Text(last)}{(since.Count == 0 ? "" : $"; seen since by {string.Join(", ", since)}")}");
    }

    /// <summary>What is missing, and how that is known.</summary>
    private sealed record Gap(string Kind, string Reason);
}
