using System.Text.Json;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>Detections that name an indicator. What no detection names is not seen here.</summary>
internal static class EsetSightings
{
    public static async Task<Answer<Sighting>> AskAsync(EsetClient eset, IndicatorQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var found = await EsetAlerts.SinceAsync(eset, question.Since, row => Names(row, question), context, cancellationToken);
        var indicator = new Observable(question.Kind, question.Value);
        var newest = found.Items.OrderByDescending(alert => alert.Started).Take(question.Limit)
            .Select(alert => new Sighting(indicator, alert.Title, "detections", alert.Started, alert.Ended, 1, alert.Hosts, alert.Users, alert.Id));
        return new Answer<Sighting>([.. newest], found.Items.Count, found.Incomplete ?? (found.Items.Count > question.Limit ? $"only the newest {question.Limit}" : null));
    }

    private static bool Names(JsonElement row, IndicatorQuestion question) => question.Kind switch
    {
        ObservableKind.Ip => SourceWire.IsAddress(row.Text("networkTraffic", "remoteIpAddress"), question.Value),
        ObservableKind.Sha1 => question.Value.Equals(row.Text("objectHashSha1"), StringComparison.OrdinalIgnoreCase),
        ObservableKind.FileName => row.Text("objectName") is { } path && path[(path.LastIndexOfAny(['/', '\\']) + 1)..].Equals(question.Value, StringComparison.OrdinalIgnoreCase),
        ObservableKind.Url => row.Text("objectUrl") is { Length: > 0 } url && url.Equals(question.Value, StringComparison.OrdinalIgnoreCase),
        _ => IsWithin(row.Text("objectUrl"), question.Value) || HasWord(row.Text("process", "commandLine"), question.Value),
    };

    private static bool IsWithin(string? url, string domain)
        => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Host.Equals(domain, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase));

    private static bool HasWord(string? line, string domain)
        => line is not null && line.Split([' ', '"', '\'', '/', ':', '='], StringSplitOptions.RemoveEmptyEntries)
            .Any(word => word.Equals(domain, StringComparison.OrdinalIgnoreCase) || word.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase));
}
