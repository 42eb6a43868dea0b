using System.Globalization;
using System.Text.Json;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>Detections as alerts. The newer list takes no device, so those of one device are picked from the window.</summary>
internal static class EsetAlerts
{
    private const string Service = "incident-management";

    public static async Task<Answer<SeenAlert>> AskAsync(EsetClient eset, AlertQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var until = question.Until is { } end ? $"&endTime={Text(end)}" : "";
        // Read whole, because the list is in no order and the newest are wanted.
        var all = await EsetRows.ReadAsync(
            eset, Service, $"/v2/detections?startTime={Text(question.Since)}{until}&", "detections", int.MaxValue, row => Read(row) is { } alert && Fits(alert, question) ? alert : null, context, cancellationToken);
        var newest = all.Items.OrderByDescending(alert => alert.Started).Take(question.Limit).ToList();
        return new Answer<SeenAlert>(newest, all.Items.Count, all.Incomplete ?? (all.Items.Count > newest.Count ? $"only the newest {newest.Count} of {all.Items.Count}" : null));
    }

    public static Task<Answer<SeenAlert>> SinceAsync(EsetClient eset, DateTimeOffset since, Func<JsonElement, bool> fits, ToolContext context, CancellationToken cancellationToken)
        => EsetRows.ReadAsync(eset, Service, $"/v2/detections?startTime={Text(since)}&", "detections", int.MaxValue, row => fits(row) ? Read(row) : null, context, cancellationToken);

    public static SeenAlert Read(JsonElement row)
    {
        var user = row.Text("userName").OrNull();
        return new SeenAlert(
            row.Text("uuid") ?? "", row.Text("displayName").OrNull() ?? row.Text("typeName") ?? "Detection", SourceWire.Severity(row.Text("severityLevel")),
            row.Flag("resolved") is true ? WorkState.Resolved : WorkState.New, row.Time("occurTime") ?? DateTimeOffset.UnixEpoch, null,
            row.Text("circumstances").OrNull(), row.Text("category")?.Replace("DETECTION_CATEGORY_", "", StringComparison.Ordinal).ToLowerInvariant(),
            Hosts: row.Text("device", "uuid").OrNull() is { } device ? [new HostIdentity(device, row.Text("device", "displayName").OrNull())] : null,
            Users: user is null ? null : [new UserIdentity(Upn: user.Contains('@', StringComparison.Ordinal) ? user : null, AccountName: SourceWire.Account(user))],
            Observables: Observables(row).OrNull(), Risk: row.Whole("severityScore"));
    }

    private static bool Fits(SeenAlert alert, AlertQuestion question)
    {
        if (alert.Severity < question.AtLeast || (question.OnlyOpen && alert.State == WorkState.Resolved))
            return false;
        return question.IsForAll
            || (question.Hosts ?? []).Any(wanted => (alert.Hosts ?? []).Any(host => host.Id!.Equals(wanted.Id, StringComparison.OrdinalIgnoreCase) || SourceWire.IsSameName(host.Name, wanted.Fqdn ?? wanted.Name)))
            || (question.Users ?? []).Any(wanted => (alert.Users ?? []).Any(user => SourceWire.IsSameUser(user.Upn ?? user.AccountName, wanted.Upn ?? wanted.AccountName)));
    }

    private static IEnumerable<Observable> Observables(JsonElement row)
    {
        if (row.Text("networkTraffic", "remoteIpAddress").OrNull() is { } address)
            yield return new Observable(ObservableKind.Ip, address);
        if (row.Text("objectUrl").OrNull() is { } url)
            yield return new Observable(ObservableKind.Url, url);
        if (row.Text("objectHashSha1").OrNull() is { } hash)
            yield return new Observable(ObservableKind.Sha1, hash);
        if (row.Text("objectName").OrNull() is { } path)
            yield return new Observable(ObservableKind.FileName, path[(path.LastIndexOfAny(['/', '\\']) + 1)..]);
    }

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
