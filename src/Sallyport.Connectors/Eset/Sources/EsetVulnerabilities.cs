using System.Text.Json;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>Vulnerabilities that ESET found on its devices, with its own risk score.</summary>
internal static class EsetVulnerabilities
{
    private const int RiskPerCvss = 10;

    public static async Task<Answer<SeenVulnerability>> AskAsync(EsetClient eset, VulnerabilityQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var filter = "";
        if (question.Host is { } host)
        {
            var id = Guid.TryParse(host.Id, out _) ? host.Id : await FindAsync(eset, host, context, cancellationToken);
            if (id is null)
                return new Answer<SeenVulnerability>([]);
            filter = $"deviceUuid={id}&";
        }

        var all = await EsetRows.ReadAsync(
            eset, "vulnerability-management", $"/v1/device-vulnerabilities?{filter}", "vulnerabilities", int.MaxValue, row => Read(row) is { } found && Fits(found, question) ? found : null, context, cancellationToken);
        var worst = all.Items.OrderByDescending(found => found.Risk).ThenBy(found => found.Id, StringComparer.Ordinal).Take(question.Limit).ToList();
        var devices = await EsetHosts.NamedAsync(eset, worst.Select(found => found.Host!.Id!), context, cancellationToken);
        return new Answer<SeenVulnerability>(
            [.. worst.Select(found => devices.TryGetValue(found.Host!.Id!, out var device) ? found with { Host = device.Identity } : found)],
            all.Items.Count, all.Incomplete ?? (all.Items.Count > worst.Count ? $"only the worst {worst.Count} of {all.Items.Count}" : null));
    }

    private static async Task<string?> FindAsync(EsetClient eset, HostIdentity host, ToolContext context, CancellationToken cancellationToken)
        => (host.Fqdn ?? host.Name) is { } name && (await EsetHosts.AskAsync(eset, new HostQuestion(name, Limit: 1), context, cancellationToken)).Items is [var found, ..]
            ? found.Identity.Id
            : null;

    private static bool Fits(SeenVulnerability found, VulnerabilityQuestion question)
        => found.Severity >= question.AtLeast && (question.Cve is null || question.Cve.Equals(found.Cve, StringComparison.OrdinalIgnoreCase));

    private static SeenVulnerability? Read(JsonElement row)
    {
        if (row.Text("deviceUuid") is not { } device)
            return null;
        var known = row.Member("applicationVulnerability") ?? row.Member("osVulnerability") ?? row.Member("packageVulnerability") ?? row;
        var (cve, component) = (known.Text("cveNumber"), known.Text("application", "displayName") ?? known.Text("package", "displayName"));
        var risk = known.Whole("riskScore");
        return new SeenVulnerability(
            $"{device}/{known.Text("vulnerabilityId") ?? cve}", component is null ? cve ?? "Vulnerability" : $"{component} {known.Text("application", "version", "name")}".TrimEnd(),
            risk >= 9 * RiskPerCvss ? SourceSeverity.Critical : SourceWire.Severity(known.Text("severity")), WorkState.New, new HostIdentity(device), cve,
            Component: component, Version: known.Text("application", "version", "name"), Risk: risk,
            FirstSeen: known.Time("firstDetectTime"), LastSeen: known.Time("lastDetectTime"));
    }
}
