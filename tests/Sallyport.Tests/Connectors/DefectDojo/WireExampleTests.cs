using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Connectors.DefectDojo;
using Sallyport.Connectors.DefectDojo.Results;

namespace Sallyport.Tests.Connectors.DefectDojo;

/// <summary>Walks the contract's own examples of the platform's objects: no text of a stranger may come out unmarked.</summary>
public sealed partial class WireExampleTests
{
    /// <summary>Members whose text is one of the platform's own words.</summary>
    private static readonly Dictionary<string, string> Enumerations = new()
    {
        ["severity"] = "Critical|High|Medium|Low|Info",
        ["display_status"] = "((Under Review|Active|Inactive|Verified|Mitigated|False Positive|Out Of Scope|Duplicate|Risk Accepted)(, )?)+",
        ["business_criticality"] = "very high|high|medium|low|very low|none",
        ["platform"] = "web service|desktop|iot|mobile|web",
        ["lifecycle"] = "construction|production|retirement",
        ["origin"] = "third party library|purchased|contractor|internal|open source|outsourced",
        ["status"] = "Not Started|Blocked|Cancelled|Completed|In Progress|On Hold|Scheduled|Waiting for Resource",
        ["engagement_type"] = "Interactive|CI/CD",
        ["deduplication_algorithm"] = "legacy|unique_id_from_tool|hash_code|unique_id_from_tool_or_hash_code",
        ["hash_code"] = "[0-9a-f]{4}.*",
    };

    /// <summary>Members that the platform fills with ids, numbers, dates or truth values, whatever an example shows.</summary>
    private static readonly HashSet<string> NeverText =
    [
        "id", "prod_type", "product", "engagement", "environment", "test", "test_type", "lead", "found_by", "reporter", "reviewers", "endpoints", "regulations", "technical_contact",
        "product_manager", "team_manager", "sla_configuration", "mitigated_by", "last_reviewed_by", "duplicate_finding", "line", "sast_source_line", "nb_occurences",
        "scanner_confidence", "cwe", "prod_numeric_grade", "user_records", "revenue", "cvssv3_score", "cvssv4_score", "epss_score", "epss_percentile", "age", "sla_days_remaining",
        "percent_complete", "findings_count", "product_id", "engagement_id", "context",
        "created", "updated", "date", "edit_time", "mitigated", "sla_expiration_date", "kev_date", "publish_date", "last_reviewed", "last_status_update", "planned_remediation_date",
        "first_contacted", "target_start", "target_end",
        "critical_product", "key_product", "internet_accessible", "external_audience", "enable_simple_risk_acceptance", "enable_full_risk_acceptance", "active", "verified", "false_p",
        "duplicate", "out_of_scope", "risk_accepted", "is_mitigated", "under_review", "known_exploited", "ransomware_used", "fix_available", "static_finding", "dynamic_finding",
        "static_tool", "dynamic_tool", "deduplication_on_engagement", "private", "edited",
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> Objects = new()
    {
        ["19.2"] = Members.ProductType,
        ["19.3"] = Members.Product,
        ["19.4"] = Members.Engagement,
        ["19.5"] = Members.Test,
        ["19.6"] = Members.TestType,
        ["19.7"] = Members.Finding,
    };

    [Fact]
    public async Task Every_text_of_every_example_is_marked_or_is_an_enumeration_an_id_a_date_or_a_number()
    {
        var examples = await ExamplesAsync();
        List<string> wrong = [];
        foreach (var (section, members) in Objects)
        {
            var example = examples[section].DeepClone().AsObject();
            example["related_fields"] = section == "19.7" ? examples["related"].DeepClone() : null;
            example["notes"] = new JsonArray(examples["19.1"].DeepClone());
            var handed = Projection.Of(JsonElement.Parse(example.ToJsonString()), members);
            handed["request_response"] = example["request_response"]?.DeepClone();
            Walk(handed, section, "", wrong);
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_an_example_leaves_empty_is_marked_too_once_a_stranger_fills_it()
    {
        var examples = await ExamplesAsync();
        List<string> wrong = [];
        foreach (var (section, members) in Objects)
        {
            foreach (var (name, value) in Projection.Of(JsonElement.Parse(examples[section].ToJsonString()), members))
            {
                if (value is null or JsonArray { Count: 0 } && name != "notes" && !Members.Untrusted.Contains(name) && !NeverText.Contains(name) && !Enumerations.ContainsKey(name))
                    wrong.Add($"{section} {name}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_tool_that_hands_out_the_platforms_objects_marks_the_same_members()
        => Assert.All(new DefectDojoConnector().Tools.Where(tool => tool.Alias != "health_check"), tool => Assert.Same(Members.Untrusted, tool.UntrustedMembers));

    private static void Walk(JsonNode? node, string path, string name, List<string> wrong)
    {
        switch (node)
        {
            case JsonObject members when !Members.Untrusted.Contains(name):
                foreach (var (member, value) in members)
                    Walk(value, $"{path}.{member}", member, wrong);
                break;
            case JsonArray items when !Members.Untrusted.Contains(name):
                foreach (var item in items)
                    Walk(item, path, name, wrong);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && !Members.Untrusted.Contains(name):
                var text = value.GetValue<string>();
                var isClosed = Enumerations.TryGetValue(name, out var words) ? Regex.IsMatch(text, $"^(?:{words})$") : NeverText.Contains(name) && Plain().IsMatch(text);
                if (!isClosed)
                    wrong.Add($"{path}: {text}");
                break;
        }
    }

    private static async Task<Dictionary<string, JsonNode>> ExamplesAsync()
    {
        var text = await File.ReadAllTextAsync(SharedFiles.Require("contracts/defectdojo.md"), TestContext.Current.CancellationToken);
        var found = new Dictionary<string, JsonNode>();
        var section = "";
        foreach (Match match in Example().Matches(text))
        {
            if (match.Groups[1].Success)
                section = match.Groups[1].Value;
            else if (section.StartsWith("19.", StringComparison.Ordinal))
                found.TryAdd(found.ContainsKey(section) ? "related" : section, JsonNode.Parse(match.Groups[2].Value)!);
        }

        return found;
    }

    [GeneratedRegex(@"^### (\d+\.\d+) |```json\n(.*?)```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?|-?\d+(\.\d+)?)$")]
    private static partial Regex Plain();
}
