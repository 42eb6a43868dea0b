using System.Net.Http.Headers;
using System.Text.Json;
using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Connectors.DefectDojo.Arguments;
using Sallyport.Connectors.DefectDojo.Detection;
using Sallyport.Connectors.DefectDojo.Imports;
using Sallyport.Connectors.DefectDojo.Results;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Tools;

/// <summary>Bringing scanners' reports in.</summary>
internal static class ImportTools
{
    private static readonly HashSet<string> NotFields = ["file_content", "file_content_base64", "file_path", "file_name", "engagement_id", "test_id", "tags"];

    /// <summary>Scan types are on a list; of a report's name only the extension counts, which is on another.</summary>
    private static readonly string[] Closed = ["scan_type", "file_name"];

    private static readonly string[] Answer = ["test_id", "engagement_id", "product_id", "product_type_id", "scan_type", "statistics", "deduplication_complete"];

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Document<DefectDojoClient, ImportScan>(
            ToolAccess.Write, "defectdojo_scan_import",
            "Imports a scanner's report into a new test of a DefectDojo engagement and answers with the counts. Closes nothing unless close_old_findings is true. Takes minutes for large reports.",
            static () => DefectDojoJson.Default.ImportScan, static (client, args, context, ct) => RunAsync(client, args, isReimport: false, context, ct)) with
        {
            Alias = "import_scan", Title = "Import scan", Permission = ToolPermission.Scan, FurtherPermissions = static args => Further(args, isReimport: false), IsDestructive = true,
            UntrustedMembers = Members.Untrusted, ClosedArguments = Closed, Toolset = "imports",
        },
        Tool.Document<DefectDojoClient, ReimportScan>(
            ToolAccess.Write, "defectdojo_scan_reimport",
            "Imports a newer report into a DefectDojo test: new findings are added, returned ones reactivated, and those that are no longer in the report CLOSED unless close_old_findings is false.",
            static () => DefectDojoJson.Default.ReimportScan, static (client, args, context, ct) => RunAsync(client, args, isReimport: true, context, ct)) with
        {
            Alias = "reimport_scan", Title = "Reimport scan", Permission = ToolPermission.Scan, FurtherPermissions = static args => Further(args, isReimport: true), IsDestructive = true,
            UntrustedMembers = Members.Untrusted, ClosedArguments = Closed, Toolset = "imports",
        },
    ];

    /// <summary>Creating what is missing and closing in bulk need more than the right to import.</summary>
    private static List<ToolPermission> Further(JsonElement args, bool isReimport)
    {
        List<ToolPermission> further = [];
        if (args.Is("auto_create_context"))
        {
            further.Add(ToolPermission.Engagements);
            // Whether the product exists is not known yet; naming its type says that it may have to be created.
            if (args.Text("product_type_name") is not null)
                further.Add(ToolPermission.Products);
        }

        if ((!isReimport && (args.Is("close_old_findings") || args.Is("close_old_findings_product_scope"))) || args.Is("push_to_jira"))
            further.Add(ToolPermission.Findings);
        return further;
    }

    private static async Task<ToolContent> RunAsync(DefectDojoClient client, JsonElement args, bool isReimport, ToolContext context, CancellationToken cancellationToken)
    {
        WriteCheck.Texts(client.Settings, args, context);
        CreationTools.NotLater(args, "scan_date", client.Time.GetUtcNow());
        var scanType = args.Text("scan_type")!;
        ScanTypes.Check(scanType);
        CheckTarget(args, isReimport ? "test_id" : "engagement_id");
        var tags = WriteCheck.Tags(args);
        var report = await Report.OfAsync(client.Settings, args, cancellationToken);
        var fields = Fields(args, isReimport, tags);
        JsonElement answer;
        try
        {
            answer = await client.WriteAsync(
                HttpMethod.Post, isReimport ? "reimport-scan/" : "import-scan/", () => Form(fields, report), "such target",
                TimeSpan.FromSeconds(client.Settings.ImportTimeoutSeconds), cancellationToken);
        }
        catch (UpstreamException unknown) when (unknown.Failure == UpstreamFailure.OutcomeUnknown)
        {
            throw new UpstreamException(UpstreamFailure.OutcomeUnknown, "DefectDojo did not answer the import; it may still be running or done. It was not repeated.", unknown)
            {
                Hint = isReimport
                    ? "Read the test with defectdojo_test_get and compare 'updated', and its findings, before importing again."
                    : "Look for a new test with defectdojo_tests_list in the engagement before importing again; a second import would file everything twice.",
            };
        }

        var result = Projection.Of(answer, Answer);
        (result["file_sha256"], result["file_bytes"]) = (report.Sha256, report.Length);
        return DojoContent.Of(result, context);
    }

    private static void CheckTarget(JsonElement args, string id)
    {
        var hasNames = args.Text("product_name") is not null && args.Text("engagement_name") is not null;
        var hasAnyName = args.Text("product_name") is not null || args.Text("engagement_name") is not null;
        if (args.Member(id) is null ? !hasNames : hasAnyName)
            throw new InvalidArgumentsException($"Give either {id}, or product_name and engagement_name.");
    }

    /// <summary>Booleans that decide what is closed are always sent: absent means another thing in a form than a caller expects.</summary>
    private static List<(string Name, string Value)> Fields(JsonElement args, bool isReimport, IReadOnlyList<string> tags)
    {
        var fields = args.EnumerateObject().Where(member => !NotFields.Contains(member.Name)).ToDictionary(member => member.Name, member => member.Value.ToString());
        foreach (var name in fields.Keys.Where(name => args.GetProperty(name).ValueKind is JsonValueKind.True or JsonValueKind.False).ToList())
            fields[name] = fields[name].ToLowerInvariant();
        fields.TryAdd("close_old_findings", isReimport ? "true" : "false");
        fields.TryAdd("minimum_severity", "Info");
        fields.TryAdd("deduplication_execution_mode", "async_wait");
        if (args.Text(isReimport ? "test_id" : "engagement_id") is { } target)
            fields[isReimport ? "test" : "engagement"] = target;
        return [.. fields.Select(field => (field.Key, field.Value)), .. tags.Select(tag => ("tags", tag))];
    }

    private static MultipartFormDataContent Form(List<(string Name, string Value)> fields, Report report)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            var content = new StringContent(value);
            content.Headers.ContentType = null;
            form.Add(content, $"\"{name}\"");
        }

        var file = new StreamContent(report.Open());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        // Parsers choose by the extension, so the name is kept; it holds no character that would need quoting.
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{report.Name}\"" };
        form.Add(file);
        return form;
    }
}
