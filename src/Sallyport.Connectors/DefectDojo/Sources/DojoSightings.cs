using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Sources;

/// <summary>Findings of one vulnerability.</summary>
internal static class DojoSightings
{
    public static async Task<Answer<Sighting>> AskAsync(DefectDojoClient client, IndicatorQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var query = new DojoQuery().Add("active", true).Add("duplicate", false).Add("vulnerability_id", question.Value);
        var findings = await DojoFindings.ReadAsync(client, query, question.Limit, cancellationToken);
        return new Answer<Sighting>(
            [.. findings.Items.Select(finding => DojoVulnerabilities.Read(finding, null)).Select(found => new Sighting(
                new Observable(question.Kind, question.Value), found.Title, "findings", found.FirstSeen, found.LastSeen, 1, found.Host is null ? null : [found.Host], AlertId: found.Id))],
            findings.Total, findings.Incomplete);
    }
}
