using System.Globalization;
using System.Text.Json;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Connectors.Defender.Alerts;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>Alerts with what they are about.</summary>
internal static class DefenderAlerts
{
    /// <summary>The platform lists alerts by time only; those about one host or user are picked from this many.</summary>
    private const int MostRead = 500;

    /// <summary>The largest page is not published; this one is known to be served.</summary>
    private const int Page = 100;

    public static async Task<Answer<SeenAlert>> AskAsync(DefenderClient client, AlertQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var created = client.IsLegacy ? "alertCreationTime" : "createdDateTime";
        var filter = new ListFilter(client.IsLegacy)
            .Time(created, "ge", question.Since.ToString("O", CultureInfo.InvariantCulture))
            .Time(created, "lt", question.Until?.ToString("O", CultureInfo.InvariantCulture));
        var rows = await client.ListAsync(
            new DefenderCall(client.Operations.ListAlerts, Query: filter.Query(Page, client.IsLegacy ? "&$expand=evidence" : "")), MostRead, cancellationToken);
        var fitting = rows.Select(Read).Where(alert => Fits(alert, question)).OrderByDescending(alert => alert.Started).Take(question.Limit).ToList();
        // A full last page may have had another that was not named.
        var incomplete = rows.Count > 0 && rows.Count % Page == 0 ? $"only {rows.Count} alerts of this time were looked at" : fitting.Count == question.Limit ? $"only the newest {question.Limit}" : null;
        return new Answer<SeenAlert>(fitting, null, incomplete);
    }

    public static SeenAlert Read(JsonElement alert)
    {
        var summary = alert.TryGetProperty("machineId", out _) || alert.TryGetProperty("alertId", out _) ? AlertMapping.Legacy(alert, isWhole: true) : AlertMapping.Graph(alert, isWhole: true);
        var entities = EvidenceMapping.Of([alert]);
        var hosts = entities.Where(entity => entity.Type == "device")
            .Select(device => new HostIdentity(device.Id, SourceWire.ShortName(device.Name ?? ""), device.Name?.Contains('.', StringComparison.Ordinal) is true ? device.Name : null, device.Details.GetValueOrDefault("azureAdDeviceId")))
            .ToList();
        if (hosts.Count == 0 && summary.MachineId is { } machine)
            hosts.Add(new HostIdentity(machine, SourceWire.ShortName(summary.ComputerDnsName ?? ""), summary.ComputerDnsName));
        return new SeenAlert(
            summary.Id ?? "", summary.Title ?? "Alert", SourceWire.Severity(summary.Severity), State(summary.Status),
            alert.Time("firstActivityDateTime") ?? alert.Time("firstEventTime") ?? alert.Time("createdDateTime") ?? alert.Time("alertCreationTime") ?? alert.Time("creationTime") ?? DateTimeOffset.UnixEpoch,
            alert.Time("lastActivityDateTime") ?? alert.Time("lastEventTime") ?? alert.Time("lastActivity"),
            summary.Description, summary.Category, summary.MitreTechniques.OrNull(),
            hosts.OrNull(), null,
            entities.Where(entity => entity.Type == "user").Select(User).OrNull(),
            entities.SelectMany(Observables).Distinct().Take(20).OrNull(),
            summary.IncidentId);
    }

    internal static WorkState State(string? word) => word?.ToLowerInvariant() switch
    {
        "new" or "active" => WorkState.New,
        "inprogress" => WorkState.InProgress,
        "resolved" => WorkState.Resolved,
        _ => WorkState.Unknown,
    };

    private static bool Fits(SeenAlert alert, AlertQuestion question)
    {
        if (alert.Severity < question.AtLeast || (question.OnlyOpen && alert.State == WorkState.Resolved))
            return false;
        return question.IsForAll
            || (question.Hosts ?? []).Any(wanted => (alert.Hosts ?? []).Any(host => host.Id is not null && host.Id.Equals(wanted.Id, StringComparison.OrdinalIgnoreCase) || SourceWire.IsSameName(host.Fqdn ?? host.Name, wanted.Fqdn ?? wanted.Name)))
            || (question.Users ?? []).Any(wanted => (alert.Users ?? []).Any(user => SourceWire.IsSameUser(user.Upn ?? user.AccountName, wanted.Upn ?? wanted.AccountName)));
    }

    private static UserIdentity User(EntitySummary user) => new(
        user.Id, user.Details.GetValueOrDefault("userAccount.userPrincipalName") ?? user.Details.GetValueOrDefault("userPrincipalName"),
        user.Details.GetValueOrDefault("userAccount.accountName") ?? user.Details.GetValueOrDefault("accountName") ?? SourceWire.Account(user.Name),
        user.Details.GetValueOrDefault("userAccount.userSid") ?? user.Details.GetValueOrDefault("userSid"),
        user.Details.GetValueOrDefault("userAccount.azureAdUserId") ?? user.Details.GetValueOrDefault("aadUserId"));

    private static IEnumerable<Observable> Observables(EntitySummary entity)
    {
        if (entity is { Type: "ip", Name: { Length: > 0 } address })
            yield return new Observable(ObservableKind.Ip, address);
        if (entity is { Type: "url", Name: { Length: > 0 } url })
            yield return new Observable(ObservableKind.Url, url);
        if (entity is not { Type: "file" })
            yield break;
        if (entity.Id is { Length: 64 } sha256)
            yield return new Observable(ObservableKind.Sha256, sha256);
        if (entity.Name is { Length: > 0 } name)
            yield return new Observable(ObservableKind.FileName, name);
    }
}
