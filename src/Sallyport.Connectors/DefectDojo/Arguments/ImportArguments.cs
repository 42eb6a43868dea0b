using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.DefectDojo.Arguments;

/// <summary>A report to import into a new test.</summary>
internal sealed record ImportScan(
    [property: Description("Exact scan type, for example 'ZAP Scan'."), StringLength(200, MinimumLength = 1)] string ScanType,
    [property: Description("The report as text; give exactly one of file_content, file_content_base64 and file_path.")] string? FileContent = null,
    [property: Description("The report in base64.")] string? FileContentBase64 = null,
    [property: Description("The report's path below the operator's import directory."), StringLength(4000, MinimumLength = 1)] string? FilePath = null,
    [property: Description("The report's name; its extension decides how it is read."), RegularExpression("^[A-Za-z0-9._-]{1,255}$")] string? FileName = null,
    [property: Description("Engagement id; or product_name and engagement_name."), Range(1, int.MaxValue)] int? EngagementId = null,
    [property: Description("Product, when names are used."), StringLength(255, MinimumLength = 1)] string? ProductName = null,
    [property: Description("Engagement, when names are used."), StringLength(300, MinimumLength = 1)] string? EngagementName = null,
    [property: Description("Product type for a product that is created."), StringLength(255, MinimumLength = 1)] string? ProductTypeName = null,
    [property: Description("Test title."), StringLength(255, MinimumLength = 1)] string? TestTitle = null,
    [property: Description("Create product, engagement and test when they are missing.")] bool AutoCreateContext = false,
    [property: Description("Drop findings below this severity."), AllowedValues("Critical", "High", "Medium", "Low", "Info")] string MinimumSeverity = "Info",
    [property: Description("Overrides every finding's state; left out, the report decides.")] bool? Active = null,
    [property: Description("Overrides every finding's verification; left out, the report decides.")] bool? Verified = null,
    [property: Description("Day of the scan, not in the future."), Format(TextFormat.Date)] string? ScanDate = null,
    [property: Description("Close older findings of the same kind of test in this engagement that are not in the report.")] bool CloseOldFindings = false,
    [property: Description("The same over the whole product.")] bool CloseOldFindingsProductScope = false,
    [property: Description("Environment, by name."), StringLength(200, MinimumLength = 1)] string? Environment = null,
    [property: Description("Version under test."), StringLength(100, MinimumLength = 1)] string? Version = null,
    [property: Description("Build."), StringLength(150, MinimumLength = 1)] string? BuildId = null,
    [property: Description("Branch or tag."), StringLength(150, MinimumLength = 1)] string? BranchTag = null,
    [property: Description("Commit."), StringLength(150, MinimumLength = 1)] string? CommitHash = null,
    [property: Description("Service."), StringLength(200, MinimumLength = 1)] string? Service = null,
    [property: Description("Tags of the test."), ItemCount(0, 50)] IReadOnlyList<string>? Tags = null,
    [property: Description("Also tag the findings.")] bool? ApplyTagsToFindings = null,
    [property: Description("How to group findings."), AllowedValues("component_name", "component_name+component_version", "file_path", "finding_title", "vuln_id_from_tool")] string? GroupBy = null,
    [property: Description("Send findings to Jira.")] bool PushToJira = false,
    [property: Description("When duplicates are looked for."), AllowedValues("async", "async_wait", "sync")] string? DeduplicationExecutionMode = null);

/// <summary>A report to import into a test that exists.</summary>
internal sealed record ReimportScan(
    [property: Description("Exact scan type, for example 'ZAP Scan'."), StringLength(200, MinimumLength = 1)] string ScanType,
    [property: Description("The report as text; give exactly one of file_content, file_content_base64 and file_path.")] string? FileContent = null,
    [property: Description("The report in base64.")] string? FileContentBase64 = null,
    [property: Description("The report's path below the operator's import directory."), StringLength(4000, MinimumLength = 1)] string? FilePath = null,
    [property: Description("The report's name; its extension decides how it is read."), RegularExpression("^[A-Za-z0-9._-]{1,255}$")] string? FileName = null,
    [property: Description("Test id; or product_name and engagement_name."), Range(1, int.MaxValue)] int? TestId = null,
    [property: Description("Product, when names are used."), StringLength(255, MinimumLength = 1)] string? ProductName = null,
    [property: Description("Engagement, when names are used."), StringLength(300, MinimumLength = 1)] string? EngagementName = null,
    [property: Description("Product type for a product that is created."), StringLength(255, MinimumLength = 1)] string? ProductTypeName = null,
    [property: Description("Test title."), StringLength(255, MinimumLength = 1)] string? TestTitle = null,
    [property: Description("Create product, engagement and test when they are missing.")] bool AutoCreateContext = false,
    [property: Description("Drop findings below this severity. Findings of the test below it are closed."), AllowedValues("Critical", "High", "Medium", "Low", "Info")] string MinimumSeverity = "Info",
    [property: Description("Overrides every finding's state; left out, the report decides.")] bool? Active = null,
    [property: Description("Overrides every finding's verification; left out, the report decides.")] bool? Verified = null,
    [property: Description("Day of the scan, not in the future."), Format(TextFormat.Date)] string? ScanDate = null,
    [property: Description("Close findings of the test that are not in the report: an empty report closes them all. Send false to keep them.")] bool CloseOldFindings = true,
    [property: Description("Leave mitigated findings closed even when the report has them.")] bool DoNotReactivate = false,
    [property: Description("Environment, by name."), StringLength(200, MinimumLength = 1)] string? Environment = null,
    [property: Description("Version under test."), StringLength(100, MinimumLength = 1)] string? Version = null,
    [property: Description("Build."), StringLength(150, MinimumLength = 1)] string? BuildId = null,
    [property: Description("Branch or tag."), StringLength(150, MinimumLength = 1)] string? BranchTag = null,
    [property: Description("Commit."), StringLength(150, MinimumLength = 1)] string? CommitHash = null,
    [property: Description("Service."), StringLength(200, MinimumLength = 1)] string? Service = null,
    [property: Description("Tags of the test; replace those it has."), ItemCount(0, 50)] IReadOnlyList<string>? Tags = null,
    [property: Description("Also tag the findings.")] bool? ApplyTagsToFindings = null,
    [property: Description("How to group findings."), AllowedValues("component_name", "component_name+component_version", "file_path", "finding_title", "vuln_id_from_tool")] string? GroupBy = null,
    [property: Description("Send findings to Jira.")] bool PushToJira = false,
    [property: Description("When duplicates are looked for."), AllowedValues("async", "async_wait", "sync")] string? DeduplicationExecutionMode = null);
