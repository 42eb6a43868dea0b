namespace Sallyport.Connectors.DefectDojo.Results;

/// <summary>Which members of the platform's wide objects are handed out, and which of them a stranger may have written.</summary>
internal static class Members
{
    public static readonly string[] ProductType = ["id", "name", "description", "critical_product", "key_product", "created", "updated"];

    public static readonly string[] Products =
    [
        "id", "name", "description", "prod_type", "business_criticality", "platform", "lifecycle", "origin", "internet_accessible", "external_audience", "findings_count",
        "tags", "created",
    ];

    public static readonly string[] Product =
    [
        .. Products, "sla_configuration", "product_manager", "technical_contact", "team_manager", "user_records", "revenue", "regulations", "prod_numeric_grade",
        "enable_simple_risk_acceptance", "enable_full_risk_acceptance", "product_meta",
    ];

    public static readonly string[] Engagements =
    [
        "id", "name", "description", "product", "status", "engagement_type", "active", "target_start", "target_end", "version", "lead", "tags", "created", "updated",
    ];

    public static readonly string[] Engagement =
    [
        .. Engagements, "build_id", "commit_hash", "branch_tag", "source_code_management_uri", "deduplication_on_engagement", "reason", "first_contacted", "tracker",
        "test_strategy", "notes", "files",
    ];

    public static readonly string[] Tests =
    [
        "id", "title", "test_type", "test_type_name", "scan_type", "engagement", "environment", "target_start", "target_end", "percent_complete", "version", "tags",
        "created", "updated",
    ];

    public static readonly string[] Test =
        [.. Tests, "description", "build_id", "commit_hash", "branch_tag", "lead", "deduplication_algorithm", "hash_code_fields", "notes", "files"];

    public static readonly string[] TestType = ["id", "name", "static_tool", "dynamic_tool", "active"];

    public static readonly string[] Findings =
    [
        "id", "title", "severity", "display_status", "active", "verified", "false_p", "duplicate", "duplicate_finding", "out_of_scope", "risk_accepted", "is_mitigated",
        "mitigated", "under_review", "date", "cwe", "vulnerability_ids", "cvssv3_score", "epss_score", "known_exploited", "component_name", "component_version",
        "file_path", "line", "service", "test", "found_by", "age", "sla_days_remaining", "sla_expiration_date", "tags", "created", "updated", "context",
    ];

    public static readonly string[] Finding =
    [
        .. Findings, "description", "mitigation", "impact", "references", "steps_to_reproduce", "severity_justification", "cwes", "cvssv3", "cvssv4", "cvssv4_score",
        "epss_percentile", "ransomware_used", "kev_date", "fix_available", "fix_version", "param", "payload", "hash_code", "unique_id_from_tool", "vuln_id_from_tool",
        "sast_source_object", "sast_sink_object", "sast_source_file_path", "sast_source_line", "nb_occurences", "publish_date", "static_finding", "dynamic_finding",
        "scanner_confidence", "reporter", "reviewers", "mitigated_by", "last_reviewed", "last_reviewed_by", "last_status_update", "endpoints", "finding_meta",
        "finding_groups", "notes", "files", "planned_remediation_date", "planned_remediation_version", "effort_for_fixing",
    ];

    /// <summary>Every member whose text a scanner, a reporter or a user of the platform may have written.</summary>
    public static readonly string[] Untrusted =
    [
        "title", "description", "tags", "entry", "author", "note_type", "name", "version", "build_id", "commit_hash", "branch_tag", "source_code_management_uri", "reason",
        "tracker", "test_strategy", "files", "product_meta", "test_type_name", "scan_type", "vulnerability_ids", "cwes", "cvssv3", "cvssv4", "component_name",
        "component_version", "file_path", "service", "mitigation", "impact", "references", "steps_to_reproduce", "severity_justification", "fix_version", "param", "payload",
        "unique_id_from_tool", "vuln_id_from_tool", "sast_source_object", "sast_sink_object", "sast_source_file_path", "finding_meta", "finding_groups",
        "planned_remediation_version", "effort_for_fixing", "request_response", "product_name", "engagement_name", "test_title", "test_type_label", "hash_code_fields",
        "added", "removed", "unchanged",
    ];
}
