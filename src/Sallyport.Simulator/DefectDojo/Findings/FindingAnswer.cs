using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Answers;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Findings;

/// <summary>Writes findings, in the order of a read and in the other order of a creation.</summary>
internal static class FindingAnswer
{
    private static readonly string[] Core =
    [
        "title", "date", "sla_start_date", "sla_expiration_date", "cwe", "epss_score", "epss_percentile", "known_exploited", "ransomware_used", "kev_date", "cvssv3",
        "cvssv3_score", "cvssv4", "cvssv4_score", "url", "severity", "description", "mitigation", "fix_available", "fix_version", "impact", "steps_to_reproduce",
        "severity_justification", "references", "active", "verified", "false_p", "duplicate", "out_of_scope", "risk_accepted", "under_review", "last_status_update",
        "under_defect_review", "is_mitigated", "thread_id", "numerical_severity", "last_reviewed", "param", "payload", "hash_code", "line", "file_path",
        "component_name", "component_version", "static_finding", "dynamic_finding", "scanner_confidence", "unique_id_from_tool", "vuln_id_from_tool",
        "sast_source_object", "sast_sink_object", "sast_source_line", "sast_source_file_path", "nb_occurences", "publish_date", "service",
        "planned_remediation_date", "planned_remediation_version", "effort_for_fixing",
    ];

    private static readonly string[] Read =
    [
        "mitigated", "mitigated_by", "request_response", "accepted_risks", "push_to_jira", "found_by", "age", "sla_days_remaining", "finding_meta", "related_fields",
        "jira_creation", "jira_change", "display_status", "finding_groups", "vulnerability_ids", "cwes", "reporter", "endpoints", "created", "updated", .. Core, "test",
        "duplicate_finding", "review_requested_by", "defect_review_requested_by", "last_reviewed_by", "sonarqube_issue", "reviewers", "notes", "files", "tags",
    ];

    private static readonly string[] Created =
    [
        "mitigated", "mitigated_by", "notes", "test", "thread_id", "found_by", "url", "push_to_jira", "vulnerability_ids", "cwes", "reporter", "created", "updated",
        .. Core.Where(member => member is not ("url" or "thread_id")), "duplicate_finding", "review_requested_by", "defect_review_requested_by", "last_reviewed_by",
        "sonarqube_issue", "endpoints", "reviewers", "files", "tags",
    ];

    public static void WriteCreated(Utf8JsonWriter json, Instance instance, Row finding)
        => RowAnswer.Write(json, finding, Created, (writer, member) => Computed(writer, instance, finding, member, related: false), withPrefetch: false);

    public static void Write(Utf8JsonWriter json, Instance instance, Row finding, bool related, bool withPrefetch)
        => RowAnswer.Write(json, finding, Read, (writer, member) => Computed(writer, instance, finding, member, related), withPrefetch);

    private static bool Computed(Utf8JsonWriter json, Instance instance, Row finding, string member, bool related)
    {
        switch (member)
        {
            case "accepted_risks" or "finding_meta" or "finding_groups" or "files":
                return RowAnswer.Empty(json);
            case "push_to_jira":
                json.WriteBooleanValue(false);
                return true;
            case "age":
                json.WriteNumberValue(FindingRows.Age(instance, finding));
                return true;
            case "display_status":
                json.WriteStringValue(FindingRows.Status(finding));
                return true;
            case "request_response":
                Exchange(json, finding);
                return true;
            case "related_fields" when related:
                Related(json, instance, finding);
                return true;
            default:
                return false;
        }
    }

    private static void Exchange(Utf8JsonWriter json, Row finding)
    {
        json.WriteStartObject();
        json.WriteStartArray("req_resp");
        if (finding.Text("#request") is { } request)
        {
            json.WriteStartObject();
            json.WriteString("request", request);
            json.WriteString("response", finding.Text("#response") ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Related(Utf8JsonWriter json, Instance instance, Row finding)
    {
        var test = instance.TestOf(finding);
        var engagement = instance.EngagementOf(test);
        var product = instance.ProductOf(engagement);
        json.WriteStartObject();
        json.WriteStartObject("test");
        json.WriteNumber("id", test.Id);
        json.WriteString("title", test.Text("title"));
        Named(json, "test_type", instance.TestTypes.Find(test.Number("test_type"))!);
        json.WriteStartObject("engagement");
        json.WriteNumber("id", engagement.Id);
        json.WriteString("name", engagement.Text("name"));
        json.WriteString("description", engagement.Text("description"));
        json.WriteStartObject("product");
        json.WriteNumber("id", product.Id);
        json.WriteString("name", product.Text("name"));
        Named(json, "prod_type", instance.ProductTypes.Find(product.Number("prod_type"))!);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNull("jira");
        json.WriteEndObject();
    }

    private static void Named(Utf8JsonWriter json, string name, Row row)
    {
        json.WriteStartObject(name);
        json.WriteNumber("id", row.Id);
        json.WriteString("name", row.Text("name"));
        json.WriteEndObject();
    }
}
