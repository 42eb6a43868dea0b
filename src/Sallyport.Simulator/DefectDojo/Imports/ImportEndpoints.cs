using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Reports;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Imports;

/// <summary>Takes reports in, as forms only.</summary>
internal static class ImportEndpoints
{
    private static readonly string[] Extensions =
        [".xml", ".csv", ".nessus", ".json", ".jsonl", ".html", ".js", ".zip", ".xlsx", ".txt", ".sarif", ".fpr", ".md", ".log", ".fvdl"];

    public static void Map(DojoRoutes routes)
    {
        routes.Post("/import-scan", static (instance, request) => Run(instance, request, isReimport: false));
        routes.Post("/reimport-scan", static (instance, request) => Run(instance, request, isReimport: true));
    }

    private static DojoReply Run(Instance instance, DojoRequest request, bool isReimport)
    {
        if (request.Form is null || request.MediaType != "multipart/form-data")
            throw DojoRefusal.Detail(415, $"Unsupported media type \"{request.MediaType}\" in request.");
        var form = new ImportForm(request);
        var scanType = form.ScanType;
        if (!ReportReader.Knows(scanType))
            throw DojoRefusal.Field("scan_type", $"\"{scanType}\" is not a valid choice.");
        if (request.File is not { } file)
            throw DojoRefusal.Field("non_field_errors", $"Uploading a Report File is required for {scanType}");
        if (!Extensions.Contains(Path.GetExtension(request.FileName!).ToLowerInvariant()))
            throw DojoRefusal.Field("file", "Unsupported extension.");
        form.Check(instance.Now);
        var old = isReimport ? ImportTarget.Test(instance, form) : null;
        var engagement = old is null ? ImportTarget.Engagement(instance, form) : instance.EngagementOf(old);
        var report = ReportReader.Read(scanType, file, request.FileName!);
        var test = old ?? New(instance, form, engagement, instance.TestType(ReportReader.TestTypeName(scanType, file)));
        var before = old is null ? null : new ImportStatistics(instance.FindingsOf(test));
        var importer = new Importer(instance, form);
        if (old is null)
            importer.Import(test, report);
        else
            importer.Reimport(test, report);
        if (form.Tags.Count > 0)
            test.SetTags(form.Tags);
        test.Touch(instance.Now, "updated");
        return DojoReply.Created(json => Write(json, instance, form, test, importer, before));
    }

    private static Row New(Instance instance, ImportForm form, Row engagement, Row type)
    {
        var test = instance.NewTest(engagement, type, instance.Now, form.ScanType);
        foreach (var column in (string[])["version", "build_id", "branch_tag", "commit_hash"])
            test[column] = form.Text(column);
        test["title"] = form.Text("test_title");
        return test;
    }

    private static void Write(Utf8JsonWriter json, Instance instance, ImportForm form, Row test, Importer importer, ImportStatistics? before)
    {
        var engagement = instance.EngagementOf(test);
        var product = instance.ProductOf(engagement);
        json.WriteStartObject();
        json.WriteString("minimum_severity", form.MinimumSeverity);
        json.WriteBoolean("active", form.Active ?? false);
        json.WriteBoolean("verified", form.Verified ?? false);
        json.WriteNull("endpoint_to_add");
        json.WriteBoolean("auto_create_context", form.Flag("auto_create_context"));
        json.WriteBoolean("push_to_jira", form.Flag("push_to_jira"));
        json.WriteNumber("test_id", test.Id);
        json.WriteNumber("engagement_id", engagement.Id);
        json.WriteNumber("product_id", product.Id);
        json.WriteNumber("product_type_id", product.Number("prod_type")!.Value);
        json.WriteStartObject("statistics");
        before?.Write(json, "before");
        if (before is not null)
            Delta(json, importer);
        new ImportStatistics(instance.FindingsOf(test)).Write(json, "after");
        json.WriteEndObject();
        json.WriteBoolean("deduplication_complete", true);
        json.WriteString("scan_type", form.ScanType);
        json.WriteNumber("test", test.Id);
        json.WriteBoolean("close_old_findings", form.Flag("close_old_findings", absent: before is not null));
        json.WriteEndObject();
    }

    private static void Delta(Utf8JsonWriter json, Importer importer)
    {
        json.WriteStartObject("delta");
        new ImportStatistics(importer.Created).Write(json, "created");
        new ImportStatistics(importer.Closed).Write(json, "closed");
        new ImportStatistics(importer.Reactivated).Write(json, "reactivated");
        new ImportStatistics(importer.Untouched).Write(json, "untouched");
        json.WriteEndObject();
    }
}
