using System.Net;
using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;
using Sallyport.Gateway.Investigations.Ocsf;

namespace Sallyport.Gateway.Investigations.Views;

/// <summary>Who met an address, domain, URL, file or vulnerability, on every platform that can look for such a thing.</summary>
internal static class IndicatorSweep
{
    public static async Task<View> LookAsync(SourceDesk desk, SweepIndicator asked, CancellationToken cancellationToken)
    {
        var value = asked.Indicator.Trim();
        var kind = KindOf(value);
        var sightings = await desk.SightingsAsync(new IndicatorQuestion(kind, value, desk.Now.AddDays(-asked.Days), 500), cancellationToken);
        var ordered = sightings.OrderByDescending(found => found.Item.LastSeen ?? found.Item.FirstSeen).ThenBy(found => found.Source, StringComparer.Ordinal)
            .ThenBy(found => found.Item.Where, StringComparer.Ordinal).ThenBy(found => found.Item.Title, StringComparer.Ordinal).ToList();
        var hosts = ordered.SelectMany(found => found.Item.Hosts ?? []).Select(HostMatching.ShortName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var summary = new JsonObject { ["kind"] = kind.ToString().ToLowerInvariant(), ["sightings"] = ordered.Count, ["host_count"] = hosts.Count };
        summary.With("hostnames", OcsfEvent.List(hosts.Take(20).Select(host => (JsonNode?)host)))
            .With("first_seen", ordered.Min(found => found.Item.FirstSeen) is { } first ? OcsfEvent.Text(first) : null)
            .With("last_seen", ordered.Max(found => found.Item.LastSeen ?? found.Item.FirstSeen) is { } last ? OcsfEvent.Text(last) : null)
            // Silence of a platform that cannot look for such a thing says nothing either.
            .With("cannot_look_for_this", OcsfEvent.List(desk.Of(SourceKind.Hosts).Select(SourceDesk.NameOf)
                .Except(desk.Of(SourceKind.Indicators).Where(entry => entry.Source!.Observables.Contains(kind)).Select(SourceDesk.NameOf)).Select(source => (JsonNode?)source)));
        return ViewWriter.Write(desk, summary, [.. ordered.Select(found => OcsfFindings.Sighting(found, desk.Now, asked.Detail))]);
    }

    public static ObservableKind KindOf(string value)
    {
        if (IPAddress.TryParse(value, out _))
            return ObservableKind.Ip;
        if (value.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase))
            return ObservableKind.Cve;
        if (value.Contains("://", StringComparison.Ordinal))
            return ObservableKind.Url;
        if (value.All(char.IsAsciiHexDigit) && value.Length is 40 or 64)
            return value.Length == 40 ? ObservableKind.Sha1 : ObservableKind.Sha256;
        if (value.Contains('@', StringComparison.Ordinal))
            return ObservableKind.Email;
        // A name of a file ends in what no top-level domain is called.
        return value.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(value) == UriHostNameType.Dns && !IsFileEnding(value[(value.LastIndexOf('.') + 1)..]) ? ObservableKind.Domain : ObservableKind.FileName;
    }

    private static bool IsFileEnding(string ending) => ending.ToLowerInvariant() is "exe" or "dll" or "ps1" or "js" or "vbs" or "docm" or "xlsm" or "docx" or "xlsx" or "pdf" or "iso" or "lnk" or "msi" or "bat" or "cmd" or "scr" or "hta" or "html" or "bin" or "tmp";
}
