using System.Globalization;
using System.Text.Json;
using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Sources;

/// <summary>Active findings with all their scores.</summary>
internal static class DojoVulnerabilities
{
    private static readonly string[] WorstFirst = ["Critical", "High", "Medium", "Low", "Info"];

    public static async Task<Answer<SeenVulnerability>> AskAsync(DefectDojoClient client, VulnerabilityQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var query = new DojoQuery().Add("active", true).Add("duplicate", false).Add("vulnerability_id", question.Cve);
        if (question.AtLeast > SourceSeverity.Informational)
            query.Add("severity", string.Join(',', WorstFirst.Where(word => SourceWire.Severity(word) >= question.AtLeast)));
        if (question.Host is { } host)
            query.Add("tags", DojoFindings.Tags(host));
        var findings = await DojoFindings.ReadAsync(client, query, question.Limit, cancellationToken);
        foreach (var finding in findings.Items)
            context.NoteRead("finding", finding.Text("id") ?? "");
        return new Answer<SeenVulnerability>([.. findings.Items.Select(finding => Read(finding, question.Host))], findings.Total, findings.Incomplete);
    }

    public static SeenVulnerability Read(JsonElement finding, HostIdentity? asked)
    {
        var tags = finding.Texts("tags");
        var tag = tags.FirstOrDefault(tag => asked is not null && SourceWire.IsSameName(tag, asked.Fqdn ?? asked.Name)) ?? (DojoFindings.HostsOf(finding) is [var named, ..] ? named : null);
        return new SeenVulnerability(
            finding.Text("id") ?? "", finding.Text("title") ?? "Finding", SourceWire.Severity(finding.Text("severity")), State(finding),
            tag is null ? null : DojoFindings.Identity(tag),
            finding.Items("vulnerability_ids").Select(id => id.Text("vulnerability_id")).FirstOrDefault(id => id is not null),
            finding.Whole("cwe") is > 0 and var cwe ? cwe : null, finding.Number("cvssv3_score"), finding.Text("cvssv3").OrNull(), finding.Number("epss_score"), finding.Number("epss_percentile"),
            finding.Flag("known_exploited"), finding.Text("component_name").OrNull(), finding.Text("component_version").OrNull(), finding.Text("fix_version").OrNull(),
            Port(finding.Text("service")), null, finding.Text("description").OrNull(), finding.Time("created"), finding.Time("updated"));
    }

    private static WorkState State(JsonElement finding) => (finding.Flag("is_mitigated"), finding.Flag("under_review")) switch
    {
        (true, _) => WorkState.Resolved,
        (_, true) => WorkState.InProgress,
        _ => WorkState.New,
    };

    /// <summary>The number in <c>tcp/443</c>, as scanners' parsers write the service.</summary>
    private static int? Port(string? service)
        => service is not null && int.TryParse(service[(service.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536 ? port : null;
}
