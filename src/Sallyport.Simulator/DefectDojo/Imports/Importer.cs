using System.Globalization;
using Sallyport.Simulator.DefectDojo.Findings;
using Sallyport.Simulator.DefectDojo.Reports;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Imports;

/// <summary>Brings a report's findings into a test: all new on import, matched with what is there on reimport.</summary>
internal sealed class Importer(Instance instance, ImportForm form)
{
    public List<Row> Created { get; } = [];

    public List<Row> Closed { get; } = [];

    public List<Row> Reactivated { get; } = [];

    public List<Row> Untouched { get; } = [];

    public void Import(Row test, IEnumerable<Reported> report)
    {
        foreach (var item in report.Where(item => form.Keeps(item.Severity)))
            Created.Add(New(test, item));
        if (!form.Flag("close_old_findings") && !form.Flag("close_old_findings_product_scope"))
            return;
        var hashes = Created.Select(finding => finding.Text("hash_code")).ToHashSet();
        foreach (var old in instance.Findings.Rows.Where(finding => IsOlder(finding, test) && !hashes.Contains(finding.Text("hash_code"))))
            Close(old);
    }

    public void Reimport(Row test, IEnumerable<Reported> report)
    {
        var known = instance.FindingsOf(test).GroupBy(finding => finding.Text("hash_code")!).ToDictionary(group => group.Key, group => new Queue<Row>(group));
        var seen = new HashSet<Row>();
        foreach (var item in report.Where(item => form.Keeps(item.Severity)))
        {
            var fresh = New(test, item);
            if (known.TryGetValue(fresh.Text("hash_code")!, out var same) && same.Count > 0)
            {
                instance.Findings.Remove(fresh);
                var old = same.Dequeue();
                seen.Add(old);
                Meet(old);
            }
            else
            {
                seen.Add(fresh);
                Created.Add(fresh);
            }
        }

        if (!form.Flag("close_old_findings", absent: true))
            return;
        foreach (var old in instance.FindingsOf(test).Where(finding => !seen.Contains(finding) && !finding.Flag("is_mitigated")))
            Close(old);
    }

    private void Meet(Row old)
    {
        var isSettled = old.Flag("false_p") || old.Flag("out_of_scope") || old.Flag("risk_accepted") || old.Flag("duplicate");
        if (!old.Flag("is_mitigated") || isSettled || form.Flag("do_not_reactivate"))
        {
            Untouched.Add(old);
            return;
        }

        FindingState.Reactivate(instance, old);
        instance.AddNote(old, $"Re-activated by {form.ScanType} re-upload.");
        Reactivated.Add(old);
    }

    private void Close(Row old)
    {
        FindingState.Mitigate(instance, old);
        instance.AddNote(old, $"Mitigated by {form.ScanType} re-upload.");
        Closed.Add(old);
    }

    private bool IsOlder(Row finding, Row test)
    {
        var other = instance.TestOf(finding);
        return other != test && (finding.Flag("active") || finding.Flag("risk_accepted")) && other.Number("test_type") == test.Number("test_type")
            && (form.Flag("close_old_findings_product_scope")
                ? instance.ProductOfFinding(finding) == instance.ProductOf(instance.EngagementOf(test))
                : other.Number("engagement") == test.Number("engagement"))
            && finding.Text("service") == form.Text("service");
    }

    private Row New(Row test, Reported item)
    {
        var found = form.Text("scan_date") is { } date ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : instance.Now;
        var finding = FindingRows.New(instance, test, item.Title.Length > 0 ? item.Title : "Untitled", item.Severity, item.Description, found);
        (finding["mitigation"], finding["impact"], finding["references"], finding["param"]) = (Some(item.Mitigation), Some(item.Impact), Some(item.References), Some(item.Param));
        (finding["cwe"], finding["file_path"], finding["line"]) = (item.Cwe ?? 0, Some(item.FilePath), item.Line);
        (finding["component_name"], finding["component_version"]) = (Some(item.Component), Some(item.ComponentVersion));
        (finding["vuln_id_from_tool"], finding["service"]) = (Some(item.ToolId), form.Text("service"));
        (finding["#request"], finding["#response"]) = (item.Request, item.Response);
        if (Some(item.VulnerabilityId) is { } id)
            finding["vulnerability_ids"] = FindingRows.VulnerabilityIds([id]);
        (finding["active"], finding["verified"]) = (form.Active ?? item.Active ?? true, form.Verified ?? item.Verified ?? false);
        if (form.Flag("apply_tags_to_findings"))
            finding.SetTags(form.Tags);
        FindingState.Save(instance, finding);
        return finding;
    }

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
