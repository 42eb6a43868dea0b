using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;
using Sallyport.Gateway.Investigations.Ocsf;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>One vulnerability on one host as all platforms tell it, with a score that says what it is made of.</summary>
/// <param name="Told">Each platform's finding, the one with the most scores first.</param>
/// <param name="Reach"><c>service_seen_open</c>, <c>host_seen_on_network</c> or <c>unknown</c>; never "unreachable", because nobody can say that.</param>
internal sealed record Exposure(IReadOnlyList<Found<SeenVulnerability>> Told, double Score, bool IsKnownExploited, string Reach, IReadOnlyList<string> Reasons, IReadOnlyList<Conflict> Conflicts)
{
    private static readonly TimeSpan SeenLately = TimeSpan.FromDays(30);

    public static Exposure Of(IReadOnlyList<Found<SeenVulnerability>> told, Group<SeenHost>? host, DateTimeOffset now)
    {
        var ordered = told.OrderByDescending(found => Scores(found.Item)).ThenBy(found => found.Source, StringComparer.Ordinal).ToList();
        var (cvss, epss) = (told.Max(found => found.Item.Cvss), told.Max(found => found.Item.Epss));
        var worst = told.Max(found => found.Item.Severity);
        var isExploited = told.Any(found => found.Item.IsKnownExploited is true);
        List<string> reasons = [cvss is { } score ? Text($"CVSS {score:0.0}") : $"severity {worst.ToString().ToLowerInvariant()} (no CVSS given)"];
        var points = (cvss ?? OfWord(worst)) * 6;
        if (epss is { } chance)
        {
            points += chance * 15;
            reasons.Add(Text($"EPSS {chance:0.000}"));
        }

        if (isExploited)
        {
            points += 15;
            reasons.Add("known to be exploited");
        }

        var (reach, why) = ReachOf(told.Select(found => found.Item.Port).FirstOrDefault(port => port is not null), host, now);
        points += reach switch { "service_seen_open" => 10, "host_seen_on_network" => 4, _ => 0 };
        reasons.Add(why);
        if (host?.Members.Any(member => member.Item.IsKeyAsset is true) is true)
        {
            points += 5;
            reasons.Add("key asset");
        }

        return new Exposure(ordered, Math.Round(Math.Min(points, 100), 1), isExploited, reach, reasons, [.. Conflict(told)]);
    }

    public JsonObject Row(Detail detail, DateTimeOffset now)
    {
        var row = OcsfFindings.Vulnerability(Told[0], now, detail);
        row["unmapped"] = new JsonObject { ["exposure_score"] = Score, ["reachability"] = Reach, ["reasons"] = OcsfEvent.List(Reasons.Select(reason => (JsonNode?)reason)) }
            .With("known_exploited", IsKnownExploited ? true : null)
            .With("sources", OcsfEvent.List(Told.Select(found => new JsonObject { ["source"] = found.Source, ["id"] = found.Item.Id, ["severity"] = found.Item.Severity.ToString().ToLowerInvariant() })))
            .With("conflicts", OcsfEvent.List(Conflicts.Select(OcsfInventory.Conflict)));
        return row;
    }

    private static (string Reach, string Why) ReachOf(int? port, Group<SeenHost>? host, DateTimeOffset now)
    {
        if (host is null)
            return ("unknown", "no platform says whether its host can be reached");
        var scanned = host.Members.Where(member => member.Item.Seen == Viewpoint.Scan).ToList();
        if (port is not null && scanned.FirstOrDefault(member => (member.Item.Services ?? []).Any(service => service.Port == port)) is { } open)
            return ("service_seen_open", $"port {port} seen open by {open.Source} at {OcsfEvent.Text(open.Item.LastSeen ?? now)}");
        return host.Members.FirstOrDefault(member => member.Item.Seen is Viewpoint.Network or Viewpoint.Scan && now - member.Item.LastSeen < SeenLately) is { } seen
            ? ("host_seen_on_network", $"host seen on the network by {seen.Source} at {OcsfEvent.Text(seen.Item.LastSeen!.Value)}")
            : ("unknown", "its host was not seen on the network lately");
    }

    private static IEnumerable<Conflict> Conflict(IReadOnlyList<Found<SeenVulnerability>> told)
    {
        if (told.Select(found => found.Item.Severity).Distinct().Count() > 1)
            yield return new Conflict("severity", [.. told.Select(found => (found.Source, found.Item.Severity.ToString().ToLowerInvariant()))]);
    }

    private static int Scores(SeenVulnerability found) => (found.Cvss is null ? 0 : 1) + (found.Epss is null ? 0 : 1) + (found.IsKnownExploited is null ? 0 : 1);

    /// <summary>The middle of what CVSS calls by this word.</summary>
    private static double OfWord(SourceSeverity severity) => severity switch
    {
        SourceSeverity.Critical => 9.5,
        SourceSeverity.High => 8,
        SourceSeverity.Medium => 5.5,
        SourceSeverity.Low => 2,
        _ => 0,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
