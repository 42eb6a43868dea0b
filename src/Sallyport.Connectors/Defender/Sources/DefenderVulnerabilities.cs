using Sallyport.Connectors.Defender.Kql;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>Software vulnerabilities that Defender found on its devices, with the CVSS score of its own knowledge base. It tells neither EPSS nor CISA's catalogue there.</summary>
internal static class DefenderVulnerabilities
{
    public static async Task<Answer<SeenVulnerability>> AskAsync(DefenderClient client, VulnerabilityQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        List<string> conditions = [];
        if (question.Cve is { } cve)
            conditions.Add($"CveId =~ {KqlText.Quote(cve)}");
        if (question.Host is { } host)
        {
            var name = host.Fqdn ?? host.Name ?? host.Id ?? "";
            conditions.Add($"(DeviceId =~ {KqlText.Quote(host.Id ?? name)} or DeviceName =~ {KqlText.Quote(name)} or DeviceName startswith {KqlText.Quote(SourceWire.ShortName(name) + ".")})");
        }

        if (question.AtLeast >= SourceSeverity.High)
            conditions.Add(question.AtLeast == SourceSeverity.Critical ? "VulnerabilitySeverityLevel == \"Critical\"" : "VulnerabilitySeverityLevel in (\"High\", \"Critical\")");
        if (conditions.Count == 0)
            conditions.Add("isnotempty(CveId)");
        var rows = await Hunt.RunAsync(
            client,
            $"""
            DeviceTvmSoftwareVulnerabilities
            | where {string.Join(" and ", conditions)}
            | join kind=leftouter (DeviceTvmSoftwareVulnerabilitiesKB | project CveId, CvssScore) on CveId
            | sort by CvssScore desc, CveId desc
            """,
            question.Limit, cancellationToken);
        return new Answer<SeenVulnerability>([.. rows.Items.Select(row =>
        {
            var name = row.Text("DeviceName") ?? "";
            return new SeenVulnerability(
                $"{row.Text("DeviceId")}/{row.Text("CveId")}/{row.Text("SoftwareName")}", $"{row.Text("SoftwareName")} {row.Text("SoftwareVersion")}", SourceWire.Severity(row.Text("VulnerabilitySeverityLevel")), WorkState.New,
                new HostIdentity(row.Text("DeviceId"), SourceWire.ShortName(name), name.Contains('.', StringComparison.Ordinal) ? name : null), row.Text("CveId"),
                Cvss: row.Number("CvssScore"), Component: row.Text("SoftwareName"), Version: row.Text("SoftwareVersion"));
        })], null, rows.Incomplete);
    }
}
