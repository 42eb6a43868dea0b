using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.DefectDojo.Arguments;

/// <summary>A product to create.</summary>
internal sealed record CreateProduct(
    [property: Description("Name, unique."), StringLength(255, MinimumLength = 1)] string Name,
    [property: Description("What it is."), StringLength(4000, MinimumLength = 1)] string Description,
    [property: Description("Product type id."), Range(1, int.MaxValue)] int ProdTypeId,
    [property: Description("Tags."), ItemCount(0, 50)] IReadOnlyList<string>? Tags = null,
    [property: Description("How much depends on it."), AllowedValues("very high", "high", "medium", "low", "very low", "none")] string? BusinessCriticality = null,
    [property: Description("What it runs on."), AllowedValues("web service", "desktop", "iot", "mobile", "web")] string? Platform = null,
    [property: Description("Where it stands."), AllowedValues("construction", "production", "retirement")] string? Lifecycle = null,
    [property: Description("Where it is from."), AllowedValues("third party library", "purchased", "contractor", "internal", "open source", "outsourced")] string? Origin = null,
    [property: Description("Used from outside.")] bool? ExternalAudience = null,
    [property: Description("Reachable from the Internet.")] bool? InternetAccessible = null);

/// <summary>An engagement to create.</summary>
internal sealed record CreateEngagement(
    [property: Description("Product id."), Range(1, int.MaxValue)] int ProductId,
    [property: Description("Name."), StringLength(300, MinimumLength = 1)] string Name,
    [property: Description("First day."), Format(TextFormat.Date)] string TargetStart,
    [property: Description("Last day."), Format(TextFormat.Date)] string TargetEnd,
    [property: Description("What it is about."), StringLength(2000)] string? Description = null,
    [property: Description("Kind."), AllowedValues("Interactive", "CI/CD")] string? EngagementType = null,
    [property: Description("State."), AllowedValues("Not Started", "Blocked", "Cancelled", "Completed", "In Progress", "On Hold", "Scheduled", "Waiting for Resource")] string? Status = null,
    [property: Description("Version under test."), StringLength(100)] string? Version = null,
    [property: Description("Build."), StringLength(150)] string? BuildId = null,
    [property: Description("Commit."), StringLength(150)] string? CommitHash = null,
    [property: Description("Branch or tag."), StringLength(150)] string? BranchTag = null,
    [property: Description("Repository."), StringLength(600), Format(TextFormat.Uri)] string? SourceCodeManagementUri = null,
    [property: Description("Look for duplicates in this engagement only.")] bool? DeduplicationOnEngagement = null,
    [property: Description("Tags."), ItemCount(0, 50)] IReadOnlyList<string>? Tags = null);

/// <summary>A test to create.</summary>
internal sealed record CreateTest(
    [property: Description("Engagement id."), Range(1, int.MaxValue)] int EngagementId,
    [property: Description("Test type id."), Range(1, int.MaxValue)] int TestTypeId,
    [property: Description("Start; a bare date is midnight UTC."), Format(TextFormat.DateTime)] string TargetStart,
    [property: Description("End, not before the start."), Format(TextFormat.DateTime)] string TargetEnd,
    [property: Description("Title."), StringLength(255)] string? Title = null,
    [property: Description("Description."), StringLength(20000)] string? Description = null,
    [property: Description("Version under test."), StringLength(100)] string? Version = null,
    [property: Description("Build."), StringLength(150)] string? BuildId = null,
    [property: Description("Commit."), StringLength(150)] string? CommitHash = null,
    [property: Description("Branch or tag."), StringLength(150)] string? BranchTag = null,
    [property: Description("How far it is."), Range(0, 100)] int? PercentComplete = null,
    [property: Description("Environment id."), Range(1, int.MaxValue)] int? EnvironmentId = null,
    [property: Description("Tags."), ItemCount(0, 50)] IReadOnlyList<string>? Tags = null);

/// <summary>A finding to file.</summary>
internal sealed record CreateFinding(
    [property: Description("Test id."), Range(1, int.MaxValue)] int TestId,
    [property: Description("Title; stored in title case."), StringLength(511, MinimumLength = 1)] string Title,
    [property: Description("Severity."), AllowedValues("Critical", "High", "Medium", "Low", "Info")] string Severity,
    [property: Description("What was found."), StringLength(50000, MinimumLength = 1)] string Description,
    [property: Description("Open.")] bool Active = true,
    [property: Description("Confirmed by a person.")] bool Verified = false,
    [property: Description("Day it was found, not in the future; today when left out."), Format(TextFormat.Date)] string? Date = null,
    [property: Description("What to do about it."), StringLength(20000)] string? Mitigation = null,
    [property: Description("What it can do."), StringLength(20000)] string? Impact = null,
    [property: Description("References."), StringLength(20000)] string? References = null,
    [property: Description("Steps."), StringLength(20000)] string? StepsToReproduce = null,
    [property: Description("Why this severity."), StringLength(20000)] string? SeverityJustification = null,
    [property: Description("CWE number."), Range(0, 100000)] int? Cwe = null,
    [property: Description("CVE and like ids."), ItemCount(0, 50), EachItem(MinLength = 1, MaxLength = 50)] IReadOnlyList<string>? VulnerabilityIds = null,
    [property: Description("CVSS 3 vector."), StringLength(117), RegularExpression(FindingText.Cvss3)] string? Cvssv3 = null,
    [property: Description("CVSS 4 vector."), StringLength(255), RegularExpression(FindingText.Cvss4)] string? Cvssv4 = null,
    [property: Description("Component."), StringLength(500)] string? ComponentName = null,
    [property: Description("Component's version."), StringLength(100)] string? ComponentVersion = null,
    [property: Description("File it was found in."), StringLength(4000)] string? FilePath = null,
    [property: Description("Line."), Range(0, int.MaxValue)] int? Line = null,
    [property: Description("Service."), StringLength(200)] string? Service = null,
    [property: Description("The scanner's id of this finding."), StringLength(500)] string? UniqueIdFromTool = null,
    [property: Description("The scanner's id of this kind of finding."), StringLength(500)] string? VulnIdFromTool = null,
    [property: Description("Found in code at rest.")] bool? StaticFinding = null,
    [property: Description("Found in a running system.")] bool? DynamicFinding = null,
    [property: Description("Tags."), ItemCount(0, 50)] IReadOnlyList<string>? Tags = null);

/// <summary>What to change on a finding; what is left out stays, null clears.</summary>
internal sealed record UpdateFinding(
    [property: Description("Finding id."), Range(1, int.MaxValue)] int FindingId,
    [property: Description("Title."), StringLength(511, MinimumLength = 1)] string? Title = null,
    [property: Description("Severity."), AllowedValues("Critical", "High", "Medium", "Low", "Info")] string? Severity = null,
    [property: Description("What was found."), StringLength(50000, MinimumLength = 1)] string? Description = null,
    [property: Description("Open.")] bool? Active = null,
    [property: Description("Confirmed by a person.")] bool? Verified = null,
    [property: Description("Under review.")] bool? UnderReview = null,
    [property: Description("Day it was found, not in the future."), Format(TextFormat.Date)] string? Date = null,
    [property: Description("What to do about it; null clears."), StringLength(20000), NullMatters] string? Mitigation = null,
    [property: Description("What it can do; null clears."), StringLength(20000), NullMatters] string? Impact = null,
    [property: Description("References; null clears."), StringLength(20000), NullMatters] string? References = null,
    [property: Description("Steps; null clears."), StringLength(20000), NullMatters] string? StepsToReproduce = null,
    [property: Description("Why this severity; null clears."), StringLength(20000), NullMatters] string? SeverityJustification = null,
    [property: Description("CWE number."), Range(0, 100000)] int? Cwe = null,
    [property: Description("CVE and like ids; replaces the list."), ItemCount(0, 50), EachItem(MinLength = 1, MaxLength = 50)] IReadOnlyList<string>? VulnerabilityIds = null,
    [property: Description("CVSS 3 vector; null clears."), StringLength(117), RegularExpression(FindingText.Cvss3), NullMatters] string? Cvssv3 = null,
    [property: Description("CVSS 4 vector; null clears."), StringLength(255), RegularExpression(FindingText.Cvss4), NullMatters] string? Cvssv4 = null,
    [property: Description("Component; null clears."), StringLength(500), NullMatters] string? ComponentName = null,
    [property: Description("Component's version; null clears."), StringLength(100), NullMatters] string? ComponentVersion = null,
    [property: Description("File; null clears."), StringLength(4000), NullMatters] string? FilePath = null,
    [property: Description("Line."), Range(0, int.MaxValue)] int? Line = null,
    [property: Description("Service; null clears."), StringLength(200), NullMatters] string? Service = null,
    [property: Description("The scanner's id of this finding; null clears."), StringLength(500), NullMatters] string? UniqueIdFromTool = null,
    [property: Description("The scanner's id of this kind of finding; null clears."), StringLength(500), NullMatters] string? VulnIdFromTool = null,
    [property: Description("Found in code at rest.")] bool? StaticFinding = null,
    [property: Description("Found in a running system.")] bool? DynamicFinding = null,
    [property: Description("Tags; replaces the list."), ItemCount(0, 50)] IReadOnlyList<string>? Tags = null);

/// <summary>Forms that several arguments share.</summary>
internal static class FindingText
{
    public const string Cvss3 = @"^CVSS:3\.[01](/[A-Za-z]{1,3}:[A-Za-z])+$";
    public const string Cvss4 = @"^CVSS:4\.0(/[A-Za-z]{1,3}:[A-Za-z]+)+$";
}
