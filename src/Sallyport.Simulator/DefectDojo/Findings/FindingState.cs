using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Findings;

/// <summary>What the platform allows a finding's flags to be together, and what it changes by itself when they change.</summary>
internal static class FindingState
{
    private static readonly string[] ReadOnly =
    [
        "id", "test", "duplicate_finding", "hash_code", "param", "payload", "notes", "files", "url", "thread_id", "last_reviewed", "last_reviewed_by", "created", "updated",
    ];

    public static void Patch(Instance instance, Row finding, JsonElement body)
    {
        var before = Flags(finding);
        Check(instance, finding, body);
        foreach (var member in body.EnumerateObject().Where(member => !ReadOnly.Contains(member.Name)))
        {
            if (member.Name == "tags")
                finding.SetTags(member.Value.EnumerateArray().Select(tag => tag.GetString()!));
            else if (member.Name == "severity")
                FindingRows.SetSeverity(finding, member.Value.GetString()!);
            else if (member.Name == "title")
                finding["title"] = FindingRows.Title(member.Value.GetString()!);
            else
                finding.Take(member.Name, member.Value);
        }

        Follow(instance, finding, before);
        Save(instance, finding);
    }

    /// <summary>Deduplication runs on every save, and the answer of the save does not show what it did.</summary>
    public static void Save(Instance instance, Row finding)
    {
        finding.Touch(instance.Now, "updated");
        finding["hash_code"] = FindingRows.Hash(finding);
        if (!instance.Controls.Deduplicates || finding.Flag("duplicate"))
            return;
        var product = instance.ProductOfFinding(finding);
        var original = instance.Findings.Rows.FirstOrDefault(older => older.Id < finding.Id && !older.Flag("duplicate")
            && older.Text("hash_code") == finding.Text("hash_code") && instance.ProductOfFinding(older) == product);
        if (original is null)
            return;
        (finding["duplicate"], finding["active"], finding["verified"], finding["duplicate_finding"]) = (true, false, false, original.Id);
    }

    public static void Mitigate(Instance instance, Row finding)
    {
        (finding["is_mitigated"], finding["mitigated_by"], finding["active"]) = (true, 1, false);
        finding.Touch(instance.Now, "mitigated", "last_status_update");
    }

    public static void Reactivate(Instance instance, Row finding)
    {
        (finding["active"], finding["is_mitigated"], finding["mitigated"], finding["mitigated_by"]) = (true, false, null, null);
        finding.Touch(instance.Now, "last_status_update");
    }

    private static (bool Active, bool Mitigated, bool FalsePositive, bool OutOfScope) Flags(Row finding)
        => (finding.Flag("active"), finding.Flag("is_mitigated"), finding.Flag("false_p"), finding.Flag("out_of_scope"));

    private static void Check(Instance instance, Row finding, JsonElement body)
    {
        if (body.TryGetProperty("severity", out var severity) && !FindingRows.Severities.Contains(severity.GetString()))
            throw DojoRefusal.Field("severity", "Severity must be one of the following: ['Info', 'Low', 'Medium', 'High', 'Critical']");
        if ((Merged("active") || Merged("verified")) && Merged("duplicate"))
            throw DojoRefusal.Field("non_field_errors", "Duplicate findings cannot be verified or active");
        if (Merged("false_p") && Merged("verified"))
            throw DojoRefusal.Field("non_field_errors", "False positive findings cannot be verified.");
        if (Merged("active") && Merged("risk_accepted"))
            throw DojoRefusal.Field("non_field_errors", "Active findings cannot be risk accepted.");
        if (Merged("risk_accepted") && !finding.Flag("risk_accepted") && !instance.Controls.AcceptsRisksSimply && !instance.ProductOfFinding(finding).Flag("enable_simple_risk_acceptance"))
            throw DojoRefusal.Field("non_field_errors", "Simple risk acceptance is disabled for this product, use the UI to accept this finding.");

        bool Merged(string flag) => body.TryGetProperty(flag, out var value) ? value.ValueKind == JsonValueKind.True : finding.Flag(flag);
    }

    private static void Follow(Instance instance, Row finding, (bool Active, bool Mitigated, bool FalsePositive, bool OutOfScope) before)
    {
        var now = Flags(finding);
        if (!before.Active && now.Active)
            (finding["false_p"], finding["out_of_scope"], finding["is_mitigated"], finding["mitigated"], finding["mitigated_by"]) = (false, false, false, null, null);
        else if ((!before.FalsePositive && now.FalsePositive) || (!before.OutOfScope && now.OutOfScope))
            (finding["verified"], finding["is_mitigated"], finding["active"], finding["mitigated_by"], finding["mitigated"]) = (false, true, false, 1, Row.Time(instance.Now));
        if (before.Mitigated && !finding.Flag("is_mitigated"))
            (finding["mitigated"], finding["mitigated_by"]) = (null, null);
        if (!finding.Flag("duplicate"))
            finding["duplicate_finding"] = null;
        if (before != Flags(finding))
            finding.Touch(instance.Now, "last_status_update");
    }
}
