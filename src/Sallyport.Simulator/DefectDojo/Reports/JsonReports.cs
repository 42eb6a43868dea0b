using System.Text.Json;

namespace Sallyport.Simulator.DefectDojo.Reports;

/// <summary>Reads reports that scanners of code write as JSON.</summary>
internal static class JsonReports
{
    public static IEnumerable<Reported> Generic(JsonElement report) => report.Items("findings").Select(item =>
        new Reported(item.Text("title"), Severities.Of(item.Text("severity")), item.Text("description"))
        {
            Mitigation = item.Text("mitigation"),
            Impact = item.Text("impact"),
            References = item.Text("references"),
            Cwe = item.Number("cwe"),
            VulnerabilityId = item.Text("cve"),
            FilePath = item.Text("file_path"),
            Line = item.Number("line"),
            Component = item.Text("component_name"),
            ComponentVersion = item.Text("component_version"),
            ToolId = item.Text("unique_id_from_tool"),
            Active = item.Flag("active"),
            Verified = item.Flag("verified"),
        });

    /// <summary>A result counts once for each place it was found in.</summary>
    public static IEnumerable<Reported> Sarif(JsonElement report) =>
        from run in report.Items("runs")
        from result in run.Items("results")
        from location in result.Items("locations").DefaultIfEmpty()
        select new Reported(result.Text("message", "text"), Severities.Of(result.Text("level")), result.Text("message", "text"))
        {
            FilePath = location.Text("physicalLocation", "artifactLocation", "uri"),
            Line = location.Number("physicalLocation", "region", "startLine"),
            ToolId = result.Text("ruleId"),
        };

    public static IEnumerable<Reported> Bandit(JsonElement report) => report.Items("results").Select(item =>
        new Reported(item.Text("issue_text"), Severities.Of(item.Text("issue_severity")), item.Text("code"))
        {
            FilePath = item.Text("filename"),
            Line = item.Number("line_number"),
            References = item.Text("more_info"),
            ToolId = item.Text("test_id"),
        });

    public static IEnumerable<Reported> Semgrep(JsonElement report) => report.Items("results").Select(item =>
        new Reported(item.Text("check_id"), Severities.Of(item.Text("extra", "severity")), item.Text("extra", "message"))
        {
            FilePath = item.Text("path"),
            Line = item.Number("start", "line"),
            Mitigation = item.Text("extra", "fix"),
            ToolId = item.Text("check_id"),
        });

    public static IEnumerable<Reported> Gosec(JsonElement report) => report.Items("Issues").Select(item =>
        new Reported($"{item.Text("details")} ({item.Text("rule_id")})", Severities.Of(item.Text("severity")), item.Text("code"))
        {
            FilePath = item.Text("file"),
            Line = item.Number("line"),
            Cwe = item.Number("cwe", "id"),
            ToolId = item.Text("rule_id"),
        });

    public static IEnumerable<Reported> Brakeman(JsonElement report) => report.Items("warnings").Select(item =>
        new Reported($"{item.Text("warning_type")} in {item.Text("file")}", Severities.Of(item.Text("confidence")), item.Text("message"))
        {
            FilePath = item.Text("file"),
            Line = item.Number("line"),
            References = item.Text("link"),
            ToolId = item.Text("fingerprint"),
        });

    public static IEnumerable<Reported> Checkov(JsonElement report) => report.Items("results", "failed_checks").Select(item =>
        new Reported(item.Text("check_name"), Severities.Of(item.Text("severity")), $"{item.Text("check_id")} on {item.Text("resource")}")
        {
            FilePath = item.Text("file_path"),
            References = item.Text("guideline"),
            Component = item.Text("resource"),
            ToolId = item.Text("check_id"),
        });

    /// <summary>Failed probes of a language model, one finding for each kind of probe.</summary>
    public static IEnumerable<Reported> Promptfoo(JsonElement report) => report.Items("results", "results").Where(item => item.Text("success") == "false")
        .GroupBy(item => item.Text("metadata", "pluginId")).Select(probe =>
            new Reported($"Red team: {(probe.Key.Length > 0 ? probe.Key : "other")}", "High", string.Join("\n\n", probe.Select(item => item.Text("vars", "q")))) { ToolId = probe.Key });
}
