using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Answers;

/// <summary>Writes product types, products, engagements, tests and test types.</summary>
internal static class CatalogAnswer
{
    private static readonly string[] ProductTypeMembers = ["created", "updated", "name", "description", "critical_product", "key_product", "authorized_users"];

    private static readonly string[] ProductMembers =
    [
        "findings_count", "findings_list", "business_criticality", "platform", "lifecycle", "origin", "product_meta", "created", "name", "description",
        "prod_numeric_grade", "user_records", "revenue", "external_audience", "internet_accessible", "enable_product_tag_inheritance",
        "enable_simple_risk_acceptance", "enable_full_risk_acceptance", "disable_sla_breach_notifications", "product_manager", "technical_contact",
        "team_manager", "prod_type", "sla_configuration", "authorized_users", "regulations", "tags",
    ];

    private static readonly string[] EngagementMembers =
    [
        "created", "updated", "name", "description", "version", "first_contacted", "target_start", "target_end", "reason", "active", "tracker", "test_strategy",
        "threat_model", "api_test", "pen_test", "check_list", "status", "progress", "tmodel_path", "done_testing", "engagement_type", "build_id", "commit_hash",
        "branch_tag", "source_code_management_uri", "deduplication_on_engagement", "lead", "requester", "preset", "report_type", "product", "cicd_scm_server",
        "cicd_build_server", "cicd_orchestration_engine", "notes", "files", "risk_acceptance", "tags",
    ];

    private static readonly string[] TestMembers =
    [
        "test_type_name", "deduplication_algorithm", "hash_code_fields", "scan_type", "title", "description", "target_start", "target_end", "percent_complete",
        "updated", "created", "version", "build_id", "commit_hash", "branch_tag", "engagement", "lead", "test_type", "environment", "api_scan_configuration",
        "notes", "files", "tags", "finding_groups",
    ];

    private static readonly string[] CreatedTestMembers =
    [
        "engagement", "notes", "scan_type", "title", "description", "target_start", "target_end", "percent_complete", "updated", "created", "version", "build_id",
        "commit_hash", "branch_tag", "lead", "test_type", "environment", "api_scan_configuration", "files", "tags",
    ];

    private static readonly string[] TestTypeMembers = ["name", "static_tool", "dynamic_tool", "active"];

    public static void ProductType(Utf8JsonWriter json, Row row) => RowAnswer.Write(json, row, ProductTypeMembers, Lists, withPrefetch: false);

    public static void TestType(Utf8JsonWriter json, Row row) => RowAnswer.Write(json, row, TestTypeMembers, Lists, withPrefetch: false);

    public static void Engagement(Utf8JsonWriter json, Row row) => RowAnswer.Write(json, row, EngagementMembers, Lists, withPrefetch: false);

    public static void CreatedTest(Utf8JsonWriter json, Row row) => RowAnswer.Write(json, row, CreatedTestMembers, Lists, withPrefetch: false);

    public static void Product(Utf8JsonWriter json, Instance instance, Row row, bool withPrefetch)
    {
        var active = instance.Findings.Rows.Where(finding => finding.Flag("active") && instance.ProductOfFinding(finding) == row).Select(finding => finding.Id).ToList();
        RowAnswer.Write(json, row, ProductMembers, (writer, member) => member switch
        {
            "findings_count" => Number(writer, active.Count),
            "findings_list" => Numbers(writer, active),
            _ => Lists(writer, member),
        }, withPrefetch);
    }

    public static void Test(Utf8JsonWriter json, Instance instance, Row row, bool withPrefetch) => RowAnswer.Write(json, row, TestMembers, (writer, member) =>
    {
        switch (member)
        {
            case "test_type_name":
                writer.WriteStringValue(instance.TestTypes.Find(row.Number("test_type"))?.Text("name"));
                return true;
            case "deduplication_algorithm":
                writer.WriteStringValue("hash_code");
                return true;
            case "hash_code_fields":
                RowAnswer.Texts(writer, ["title", "cwe", "severity"]);
                return true;
            default:
                return Lists(writer, member);
        }
    }, withPrefetch);

    /// <summary>Lists that nothing here fills.</summary>
    private static bool Lists(Utf8JsonWriter json, string member)
        => member is "authorized_users" or "regulations" or "product_meta" or "files" or "risk_acceptance" or "finding_groups" && RowAnswer.Empty(json);

    private static bool Number(Utf8JsonWriter json, int number)
    {
        json.WriteNumberValue(number);
        return true;
    }

    private static bool Numbers(Utf8JsonWriter json, List<int> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
        return true;
    }
}
