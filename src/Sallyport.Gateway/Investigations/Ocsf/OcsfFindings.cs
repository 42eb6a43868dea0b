using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;

namespace Sallyport.Gateway.Investigations.Ocsf;

/// <summary>Alerts, sightings, incidents and vulnerabilities as finding events.</summary>
internal static class OcsfFindings
{
    private const int MostObservables = 5;

    public static JsonObject Alert(Found<SeenAlert> found, Detail detail)
    {
        var alert = found.Item;
        var finding = OcsfEvent.New(OcsfEvent.Findings, OcsfEvent.DetectionFinding, OcsfEvent.Activity(alert.State), alert.Severity, alert.Started, found.Source, alert.Id)
            .With("status_id", OcsfEvent.StatusId(alert.State))
            .With("finding_info", Info(alert, detail))
            .With("device", alert.Hosts is [var host, ..] ? OcsfThings.Device(host) : null)
            .With("actor", alert.Users is [var user, ..] ? new JsonObject { ["user"] = OcsfThings.User(user) } : null);
        if (detail == Detail.Brief)
            return finding;
        finding.With("risk_score", alert.Risk).With("confidence_score", alert.Confidence)
            .With("observables", OcsfEvent.List((alert.Observables ?? []).Take(detail == Detail.Full ? int.MaxValue : MostObservables).Select(OcsfThings.Observable)))
            .With("evidences", OcsfEvent.List((alert.Targets ?? []).Select(target => new JsonObject { ["dst_endpoint"] = OcsfThings.Device(target) })));
        return alert.IncidentId is null ? finding : finding.With("unmapped", new JsonObject { ["incident_id"] = alert.IncidentId });
    }

    public static JsonObject Incident(Found<SeenIncident> found, Detail detail)
    {
        var incident = found.Item;
        var status = incident.State == WorkState.Resolved ? 4 : incident.State == WorkState.InProgress ? 2 : incident.State == WorkState.New ? 1 : 0;
        return OcsfEvent.New(OcsfEvent.Findings, OcsfEvent.IncidentFinding, OcsfEvent.Activity(incident.State), incident.Severity, incident.Created, found.Source, incident.Id)
            .With("status_id", status)
            .With("title", incident.Title)
            .With("desc", detail > Detail.Brief ? incident.Description : null)
            .With("assignee", incident.AssignedTo is { } analyst ? new JsonObject { ["name"] = analyst } : null)
            .With("end_time", incident.Updated?.ToUnixTimeMilliseconds())
            .With("finding_info_list", OcsfEvent.List((incident.Alerts ?? []).Select(alert => Info(alert, Detail.Brief))));
    }

    /// <summary>Somebody met what an analyst looks for. No severity is made up for it.</summary>
    public static JsonObject Sighting(Found<Sighting> found, DateTimeOffset now, Detail detail)
    {
        var seen = found.Item;
        return OcsfEvent.New(OcsfEvent.Findings, OcsfEvent.DetectionFinding, 1, SourceSeverity.Unknown, seen.FirstSeen ?? now, found.Source, seen.AlertId)
            .With("finding_info", new JsonObject { ["uid"] = seen.AlertId ?? $"{seen.Where}:{seen.Indicator.Value}", ["title"] = seen.Title, ["types"] = new JsonArray("Indicator sighting", seen.Where) }
                .With("first_seen_time", seen.FirstSeen?.ToUnixTimeMilliseconds()).With("last_seen_time", seen.LastSeen?.ToUnixTimeMilliseconds()))
            .With("count", seen.Count)
            .With("device", seen.Hosts is [var host, ..] ? OcsfThings.Device(host) : null)
            .With("actor", seen.Users is [var user, ..] ? new JsonObject { ["user"] = OcsfThings.User(user) } : null)
            .With("observables", detail > Detail.Brief ? new JsonArray(OcsfThings.Observable(seen.Indicator)) : null);
    }

    public static JsonObject Vulnerability(Found<SeenVulnerability> found, DateTimeOffset now, Detail detail)
    {
        var weakness = found.Item;
        var scores = weakness.Cvss is { } score ? new JsonArray(new JsonObject { ["base_score"] = score, ["version"] = VersionOf(weakness.CvssVector) }.With("vector_string", detail > Detail.Brief ? weakness.CvssVector : null)) : null;
        var epss = weakness.Epss is { } chance ? new JsonObject { ["score"] = chance.ToString(CultureInfo.InvariantCulture) }.With("percentile", weakness.EpssPercentile) : null;
        var vulnerability = new JsonObject()
            .With("title", weakness.Title)
            .With("cve", weakness.Cve is { } cve ? new JsonObject { ["uid"] = cve }.With("cvss", scores).With("epss", epss) : null)
            .With("is_exploit_available", weakness.IsKnownExploited is true ? true : null)
            .With("is_fix_available", weakness.FixedVersion is not null ? true : null);
        if (detail > Detail.Brief)
        {
            vulnerability.With("desc", detail == Detail.Full ? weakness.Description : null)
                .With("cwe", weakness.Cwe is { } cwe ? new JsonObject { ["uid"] = $"CWE-{cwe}" } : null)
                .With("affected_packages", weakness.Component is { } component ? new JsonArray(new JsonObject { ["name"] = component }.With("version", weakness.Version ?? "unknown").With("fixed_in_version", weakness.FixedVersion)) : null)
                .With("first_seen_time", weakness.FirstSeen?.ToUnixTimeMilliseconds())
                .With("last_seen_time", weakness.LastSeen?.ToUnixTimeMilliseconds());
        }

        return OcsfEvent.New(OcsfEvent.Findings, OcsfEvent.VulnerabilityFinding, OcsfEvent.Activity(weakness.State), weakness.Severity, weakness.LastSeen ?? now, found.Source, weakness.Id)
            .With("status_id", OcsfEvent.StatusId(weakness.State))
            .With("finding_info", new JsonObject { ["uid"] = weakness.Id, ["title"] = weakness.Title })
            .With("device", weakness.Host is { } host ? OcsfThings.Device(host) : null)
            .With("vulnerabilities", new JsonArray(vulnerability));
    }

    private static JsonObject Info(SeenAlert alert, Detail detail) => new JsonObject { ["uid"] = alert.Id, ["title"] = alert.Title }
        .With("types", alert.Category is { } category ? new JsonArray(category) : null)
        .With("first_seen_time", alert.Started.ToUnixTimeMilliseconds())
        .With("last_seen_time", alert.Ended?.ToUnixTimeMilliseconds())
        .With("attacks", OcsfEvent.List((alert.Techniques ?? []).Select(Attack)))
        .With("desc", detail > Detail.Brief ? alert.Description : null);

    /// <summary>Exactly what the platform names, a sub-technique told from its technique by its dot.</summary>
    private static JsonObject Attack(string id) => id.Split('.') is [var technique, _]
        ? new JsonObject { ["technique"] = new JsonObject { ["uid"] = technique }, ["sub_technique"] = new JsonObject { ["uid"] = id } }
        : new JsonObject { ["technique"] = new JsonObject { ["uid"] = id } };

    private static string VersionOf(string? vector) => vector?.StartsWith("CVSS:", StringComparison.Ordinal) is true ? vector[5..].Split('/')[0] : "3.1";
}
