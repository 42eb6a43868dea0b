using System.Globalization;
using System.Net;
using System.Text.Json;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Sources;

/// <summary>Detections as alerts.</summary>
internal static class VectraAlerts
{
    private const int Scored = 50;

    public static async Task<Answer<SeenAlert>> AskAsync(VectraClient vectra, AlertQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        if (question.IsForAll)
            return await ReadAsync(vectra, Query(question), question, static _ => true, context, cancellationToken);
        List<SeenAlert> found = [];
        string? incomplete = null;
        foreach (var host in question.Hosts ?? [])
        {
            foreach (var id in await VectraHosts.IdsAsync(vectra, host, context, cancellationToken))
                await AddAsync("host", id);
        }

        foreach (var user in question.Users ?? [])
        {
            foreach (var id in await VectraUsers.IdsAsync(vectra, user, context, cancellationToken))
                await AddAsync("account", id);
        }

        return new Answer<SeenAlert>([.. found.DistinctBy(alert => alert.Id).Take(question.Limit)], null, incomplete);

        async Task AddAsync(string kind, string id)
        {
            // The platform counts hosts and accounts apart and its filter does not tell them apart.
            var answer = await ReadAsync(
                vectra, Query(question).With(kind == "host" ? "host_id" : "src_account", id), question, row => row.Text($"src_{kind}", "id") == id, context, cancellationToken);
            found.AddRange(answer.Items);
            incomplete ??= answer.Incomplete;
        }
    }

    public static SeenAlert Read(JsonElement row)
    {
        var (threat, certainty) = (row.Whole("threat") ?? 0, row.Whole("certainty") ?? 0);
        return new SeenAlert(
            row.Text("id") ?? "", row.Text("detection_type") ?? row.Text("detection") ?? "Detection", Severity(threat, certainty), State(row),
            row.Time("first_timestamp") ?? row.Time("created_timestamp") ?? DateTimeOffset.UnixEpoch, row.Time("last_timestamp"),
            row.Text("summary", "description") ?? row.Text("description"), row.Text("detection_category") ?? row.Text("category"),
            Hosts: row.Member("src_host") is { ValueKind: JsonValueKind.Object } host ? [Host(host, row)] : null,
            Targets: Targets(row),
            Users: row.Member("src_account") is { ValueKind: JsonValueKind.Object } account ? [VectraUsers.Identity(account)] : null,
            Observables: Observables(row).Distinct().Take(20).OrNull(),
            Risk: threat, Confidence: certainty);
    }

    private static VectraQuery Query(AlertQuestion question) => new VectraQuery("detections")
        .With("last_timestamp_gte", Text(question.Since))
        .With("state", question.OnlyOpen ? "active" : null)
        .With("ordering", "-last_timestamp");

    private static Task<Answer<SeenAlert>> ReadAsync(
        VectraClient vectra, VectraQuery query, AlertQuestion question, Func<JsonElement, bool> fits, ToolContext context, CancellationToken cancellationToken)
        => VectraRows.ReadAsync(vectra, query, question.Limit, row =>
        {
            if (!fits(row))
                return null;
            var alert = Read(row);
            return alert.Severity >= question.AtLeast && (question.Until is null || alert.Started <= question.Until) ? alert : null;
        }, context, cancellationToken);

    /// <summary>The platform's own quadrants of threat and certainty.</summary>
    private static SourceSeverity Severity(int threat, int certainty) => (threat >= Scored, certainty >= Scored) switch
    {
        (true, true) => SourceSeverity.Critical,
        (true, false) => SourceSeverity.High,
        (false, true) => SourceSeverity.Medium,
        _ => SourceSeverity.Low,
    };

    private static WorkState State(JsonElement row) => row.Text("state") switch
    {
        "active" when row.Text("assigned_to") is not null => WorkState.InProgress,
        "active" => WorkState.New,
        "fixed" => WorkState.Resolved,
        "filteredbyai" or "filteredbyrule" or "filtered" => WorkState.Suppressed,
        _ => WorkState.Unknown,
    };

    private static HostIdentity Host(JsonElement host, JsonElement row) => new(
        host.Text("id"), host.Text("name"),
        Addresses: (row.Text("src_ip") ?? host.Text("ip")).OrNull() is { } address ? [new AddressUse(address, row.Time("first_timestamp"), row.Time("last_timestamp"))] : null);

    private static IReadOnlyList<HostIdentity>? Targets(JsonElement row)
        => row.Member("summary") is { } summary ? summary.Texts("dst_hosts").Distinct().Select(name => new HostIdentity(Name: name)).OrNull() : null;

    private static IEnumerable<Observable> Observables(JsonElement row)
    {
        foreach (var place in row.Items("grouped_details").Prepend(row.Member("summary") ?? default))
        {
            foreach (var address in place.Texts("dst_ips", "src_ips").Where(text => IPAddress.TryParse(text, out _)))
                yield return new Observable(ObservableKind.Ip, address);
            foreach (var domain in place.Texts("target_domains"))
                yield return new Observable(ObservableKind.Domain, domain);
        }
    }

    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
