using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Findings;

/// <summary>The platform's finding filters, with their habits: unknown names are ignored, odd booleans are ignored, severity minds its case.</summary>
internal static class FindingFilter
{
    private static readonly HashSet<string> Booleans =
    [
        "active", "duplicate", "dynamic_finding", "false_p", "fix_available", "is_mitigated", "known_exploited", "out_of_scope", "ransomware_used", "risk_accepted",
        "static_finding", "under_defect_review", "under_review", "verified",
    ];

    private static readonly HashSet<string> Contains =
    [
        "component_name", "component_version", "description", "file_path", "hash_code", "impact", "mitigation", "param", "payload", "references",
        "severity_justification", "steps_to_reproduce", "title", "unique_id_from_tool",
    ];

    private static readonly HashSet<string> In = ["cwe", "id", "numerical_severity", "severity"];

    public static IEnumerable<Row> Apply(Instance instance, DojoRequest request)
        => Sort(instance.Findings.Rows.Where(finding => request.QueryNames.All(name => Passes(instance, request, finding, name))), request.Query("o"));

    private static bool Passes(Instance instance, DojoRequest request, Row finding, string name)
    {
        var text = request.Query(name)!;
        if (Booleans.Contains(name))
            return request.QueryFlag(name) is not { } flag || finding.Flag(name) == flag;
        if (Contains.Contains(name))
            return finding.Text(name)?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
        if (In.Contains(name))
            return text.Split(',').Contains(name == "id" ? Digits(finding.Id) : finding[name]?.ToString());
        var values = text.Split(',');
        return name switch
        {
            "test" => instance.Tests.Find(DojoRequest.Number(text)) is { } test
                ? finding.Number("test") == test.Id
                : throw DojoRefusal.Field("test", "Select a valid choice. That choice is not one of the available choices."),
            "test__engagement" => values.Contains(Digits(instance.EngagementOf(instance.TestOf(finding)).Id)),
            "test__engagement__product" => values.Contains(Digits(instance.ProductOfFinding(finding).Id)),
            "test__engagement__product__prod_type" => values.Contains(instance.ProductOfFinding(finding)["prod_type"]?.ToString()),
            "test__test_type" => values.Contains(instance.TestOf(finding)["test_type"]?.ToString()),
            "product_name" => text.Equals(instance.ProductOfFinding(finding).Text("name"), StringComparison.OrdinalIgnoreCase),
            "vulnerability_id" => Vulnerabilities(finding).Any(values.Contains),
            "tags" => finding.Tags.Any(values.Contains),
            "tags__and" => values.All(finding.Tags.Contains),
            "not_tags" => !finding.Tags.Any(values.Contains),
            "service" => finding.Text("service") == text,
            "discovered_after" => string.CompareOrdinal(finding.Text("date"), text) > 0,
            "discovered_before" => string.CompareOrdinal(finding.Text("date"), text) < 0,
            "epss_score_min" => Share(finding) * 100 >= double.Parse(text, CultureInfo.InvariantCulture),
            "epss_score_max" => Share(finding) * 100 <= double.Parse(text, CultureInfo.InvariantCulture),
            "date" or "mitigated" when text is not ("1" or "2" or "3" or "4" or "5" or "6" or "7")
                => throw DojoRefusal.Field(name, "Select a valid choice. That choice is not one of the available choices."),
            _ => true,
        };
    }

    private static IEnumerable<string?> Vulnerabilities(Row finding)
        => finding["vulnerability_ids"] is JsonArray ids ? ids.Select(id => id?["vulnerability_id"]?.ToString()) : [];

    private static double Share(Row finding) => finding["epss_score"] is JsonValue value && value.TryGetValue(out double share) ? share : 0;

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Row> Sort(IEnumerable<Row> rows, string? orders)
    {
        var sorted = rows.OrderBy(_ => 0);
        foreach (var order in orders?.Split(',') ?? [])
        {
            var column = order.TrimStart('-');
            sorted = order.StartsWith('-') ? sorted.ThenByDescending(row => Key(row, column), StringComparer.Ordinal) : sorted.ThenBy(row => Key(row, column), StringComparer.Ordinal);
        }

        return sorted.ThenBy(row => row.Id);
    }

    private static string Key(Row row, string column) => column == "id" || row.Number(column) is not null
        ? (row.Number(column) ?? row.Id).ToString("D12", CultureInfo.InvariantCulture)
        : row[column]?.ToString() ?? "";
}
