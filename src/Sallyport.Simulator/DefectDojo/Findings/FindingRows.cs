using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Findings;

/// <summary>Makes findings with the columns every one has.</summary>
internal static class FindingRows
{
    public static readonly string[] Severities = ["Critical", "High", "Medium", "Low", "Info"];

    private static readonly string[] Flags =
    [
        "active", "verified", "false_p", "duplicate", "out_of_scope", "risk_accepted", "under_review", "under_defect_review", "is_mitigated", "static_finding",
        "dynamic_finding", "known_exploited", "ransomware_used",
    ];

    /// <summary>What makes two findings the same one.</summary>
    private static readonly string[] Identity = ["title", "severity", "cwe", "file_path", "line", "component_name", "component_version", "param"];

    private static readonly string[] Lists = ["vulnerability_ids", "cwes", "endpoints", "reviewers"];

    public static Row New(Instance instance, Row test, string title, string severity, string description, DateTimeOffset found)
    {
        var finding = instance.Findings.Add();
        foreach (var flag in Flags)
            finding[flag] = false;
        foreach (var list in Lists)
            finding[list] = new JsonArray();
        finding["active"] = true;
        (finding["test"], finding["found_by"], finding["reporter"], finding["thread_id"]) = (test.Id, new JsonArray((JsonNode)test.Number("test_type")!.Value), 1, 0);
        (finding["title"], finding["description"], finding["date"]) = (Title(title), description, Instance.Day(found));
        SetSeverity(finding, severity);
        finding.Touch(found, "created");
        finding.Touch(instance.Now, "updated", "last_status_update");
        return finding;
    }

    public static void SetSeverity(Row finding, string severity)
    {
        finding["severity"] = severity;
        finding["numerical_severity"] = $"S{Array.IndexOf(Severities, severity)}";
    }

    public static JsonArray VulnerabilityIds(IEnumerable<string> ids)
        => new([.. ids.Select(id => (JsonNode)new JsonObject { ["vulnerability_id"] = id })]);

    /// <summary>The platform stores titles in title case: each word of four letters or more.</summary>
    public static string Title(string title) => string.Join(' ', title.Split(' ').Select(word
        => word.Length >= 4 && char.IsAsciiLetterLower(word[0]) ? char.ToUpperInvariant(word[0]) + word[1..] : word));

    public static string Hash(Row finding)
    {
        var content = string.Join('\n', Identity.Select(column => finding[column]?.ToJsonString() ?? ""));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }

    public static string Status(Row finding)
    {
        List<string> words = [];
        Add("under_review", "Under Review");
        words.Add(finding.Flag("active") ? "Active" : "Inactive");
        Add("verified", "Verified");
        Add("is_mitigated", "Mitigated");
        Add("false_p", "False Positive");
        Add("out_of_scope", "Out Of Scope");
        Add("duplicate", "Duplicate");
        Add("risk_accepted", "Risk Accepted");
        return string.Join(", ", words);

        void Add(string flag, string word)
        {
            if (finding.Flag(flag))
                words.Add(word);
        }
    }

    public static int Age(Instance instance, Row finding)
        => DateTimeOffset.TryParse(finding.Text("date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var found)
            ? Math.Max(0, (int)(instance.Now - found).TotalDays)
            : 0;
}
