using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>Open vulnerabilities in the order in which they matter: how bad, how likely, known to be exploited, and whether the host can be reached.</summary>
internal static class ExposureQueue
{
    private const int MostHosts = 20_000;

    public static async Task<View> LookAsync(SourceDesk desk, QueueExposures asked, CancellationToken cancellationToken)
    {
        var question = new VulnerabilityQuestion(
            asked.Host is { } name ? new HostIdentity(Name: name.Split('.')[0], Fqdn: name.Contains('.', StringComparison.Ordinal) ? name : null) : null, asked.Cve,
            Enum.Parse<SourceSeverity>(asked.MinSeverity, ignoreCase: true), 1_000);
        var asking = desk.VulnerabilitiesAsync(_ => question, cancellationToken);
        var hosts = await desk.HostsAsync(_ => asked.Host is { } host ? new HostQuestion(host) : new HostQuestion(Limit: MostHosts), cancellationToken);
        var groups = HostMatching.Group(hosts);
        var seen = groups.SelectMany(group => group.Members.Select(member => (Key: Key(member.Source, member.Item.Identity.Id), Group: group))).Where(pair => pair.Key is not null)
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key!, pair => pair.Group, StringComparer.OrdinalIgnoreCase);
        var byName = groups.Where(group => group.Members.Any(member => HostMatching.ShortName(member.Item.Identity) is not null))
            .GroupBy(group => group.Members.Select(member => HostMatching.ShortName(member.Item.Identity)).First(name => name is not null)!, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        var exposures = (await asking).GroupBy(found => (Host: HostMatching.ShortName(found.Item.Host ?? new HostIdentity()) ?? found.Item.Host?.Id ?? $"{found.Source} {found.Item.Id}", Cve: found.Item.Cve ?? found.Item.Title))
            .Select(same => Exposure.Of([.. same], Host(same.First()), desk.Now))
            .OrderByDescending(exposure => exposure.Score).ThenBy(exposure => exposure.Told[0].Item.Cve, StringComparer.Ordinal).ThenBy(exposure => exposure.Told[0].Item.Id, StringComparer.Ordinal).ToList();
        var summary = new JsonObject
        {
            ["exposures"] = exposures.Count,
            ["known_exploited"] = exposures.Count(exposure => exposure.IsKnownExploited),
            ["reachable"] = exposures.Count(exposure => exposure.Reach == "service_seen_open"),
        };
        return ViewWriter.Write(desk, summary, [.. exposures.Select(exposure => exposure.Row(asked.Detail, desk.Now))]);

        Group<SeenHost>? Host(Found<SeenVulnerability> found) => found.Item.Host is not { } host ? null
            : Key(found.Source, host.Id) is { } key && seen.TryGetValue(key, out var group) ? group
            : HostMatching.ShortName(host) is { } shortName ? byName.GetValueOrDefault(shortName) : null;
    }

    private static string? Key(string source, string? id) => id is null ? null : $"{source}\n{id}";
}
