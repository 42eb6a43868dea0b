using System.Text.Json;

namespace Sallyport.Simulator.DefectDojo.Reports;

/// <summary>Reads JSON and text reports about packages and running services.</summary>
internal static class PackageReports
{
    public static IEnumerable<Reported> Trivy(JsonElement report) => report.Items("Results").SelectMany(result => result.Items("Vulnerabilities")).Select(item =>
        new Reported($"{item.Text("VulnerabilityID")} {item.Text("PkgName")} {item.Text("InstalledVersion")}", Severities.Of(item.Text("Severity")), item.Text("Description"))
        {
            VulnerabilityId = item.Text("VulnerabilityID"),
            Component = item.Text("PkgName"),
            ComponentVersion = item.Text("InstalledVersion"),
            Mitigation = item.Text("FixedVersion"),
            References = item.Text("PrimaryURL"),
        });

    public static IEnumerable<Reported> Grype(JsonElement report) => report.Items("matches").Select(item =>
        new Reported($"{item.Text("vulnerability", "id")} in {item.Text("artifact", "name")}:{item.Text("artifact", "version")}",
            Severities.Of(item.Text("vulnerability", "severity")), item.Text("vulnerability", "description"))
        {
            VulnerabilityId = item.Text("vulnerability", "id"),
            Component = item.Text("artifact", "name"),
            ComponentVersion = item.Text("artifact", "version"),
            References = item.Text("vulnerability", "dataSource"),
        });

    public static IEnumerable<Reported> NpmAudit(JsonElement report) => report.Items("advisories").Select(item =>
        new Reported($"{item.Text("title")} - ({item.Text("module_name")})", Severities.Of(item.Text("severity")), item.Text("overview"))
        {
            Component = item.Text("module_name"),
            Mitigation = item.Text("recommendation"),
            References = item.Text("url"),
        });

    /// <summary>One JSON object a line; what one template matched on one host counts once.</summary>
    public static IEnumerable<Reported> Nuclei(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => JsonElement.Parse(line))
        .DistinctBy(item => (item.Text("templateID"), item.Text("matcher_name"), HostOf(item.Text("host"))))
        .Select(item => new Reported(item.Text("info", "name"), Severities.Of(item.Text("info", "severity")), item.Text("info", "description"))
        {
            References = item.Text("info", "reference"),
            Param = $"{item.Text("matcher_name")} {item.Text("matched")}",
            ToolId = item.Text("templateID"),
        });

    public static IEnumerable<Reported> BundlerAudit(string text) => text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block =>
    {
        var fields = block.Split('\n').Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
        return !fields.TryGetValue("Name", out var name) ? null : new Reported(fields.GetValueOrDefault("Title", name), "Medium", block)
        {
            Component = name,
            ComponentVersion = fields.GetValueOrDefault("Version"),
            VulnerabilityId = fields.GetValueOrDefault("CVE") ?? fields.GetValueOrDefault("GHSA"),
            Mitigation = fields.GetValueOrDefault("Solution"),
        };
    }).OfType<Reported>();

    private static string HostOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : address;
}
