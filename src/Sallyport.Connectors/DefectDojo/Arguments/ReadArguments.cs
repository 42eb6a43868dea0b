using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.DefectDojo.Arguments;

/// <summary>Names one product.</summary>
internal sealed record ProductRef([property: Description("Product id."), Range(1, int.MaxValue)] int ProductId);

/// <summary>Names one engagement.</summary>
internal sealed record EngagementRef([property: Description("Engagement id."), Range(1, int.MaxValue)] int EngagementId);

/// <summary>Names one test.</summary>
internal sealed record TestRef([property: Description("Test id."), Range(1, int.MaxValue)] int TestId);

/// <summary>Names one finding.</summary>
internal sealed record FindingRef(
    [property: Description("Finding id."), Range(1, int.MaxValue)] int FindingId,
    [property: Description("Also hand out the HTTP exchanges that scanners recorded.")] bool IncludeRequestResponse = false);

/// <summary>Which products to list.</summary>
internal sealed record ListProducts(
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("How many to skip."), Range(0, 1_000_000)] int Offset = 0,
    [property: Description("Part of the name, in any case."), StringLength(255, MinimumLength = 1)] string? Name = null,
    [property: Description("Only of this product type."), Range(1, int.MaxValue)] int? ProdTypeId = null);

/// <summary>Which product types to list.</summary>
internal sealed record ListProductTypes(
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("How many to skip."), Range(0, 1_000_000)] int Offset = 0,
    [property: Description("The whole name, exactly."), StringLength(255, MinimumLength = 1)] string? Name = null);

/// <summary>Which test types to list.</summary>
internal sealed record ListTestTypes(
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("How many to skip."), Range(0, 1_000_000)] int Offset = 0,
    [property: Description("The whole name, exactly."), StringLength(200, MinimumLength = 1)] string? Name = null);

/// <summary>Which engagements to list.</summary>
internal sealed record ListEngagements(
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("How many to skip."), Range(0, 1_000_000)] int Offset = 0,
    [property: Description("Only of this product."), Range(1, int.MaxValue)] int? ProductId = null,
    [property: Description("The whole name, exactly."), StringLength(300, MinimumLength = 1)] string? Name = null,
    [property: Description("Only in this state."), AllowedValues("Not Started", "Blocked", "Cancelled", "Completed", "In Progress", "On Hold", "Scheduled", "Waiting for Resource")] string? Status = null,
    [property: Description("Only active, or only inactive ones.")] bool? Active = null);

/// <summary>Which tests to list.</summary>
internal sealed record ListTests(
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("How many to skip."), Range(0, 1_000_000)] int Offset = 0,
    [property: Description("Only of this engagement."), Range(1, int.MaxValue)] int? EngagementId = null,
    [property: Description("Only of this test type."), Range(1, int.MaxValue)] int? TestTypeId = null);

/// <summary>Which notes of a finding to list.</summary>
internal sealed record ListNotes(
    [property: Description("Finding id."), Range(1, int.MaxValue)] int FindingId,
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("How many to skip."), Range(0, 1_000_000)] int Offset = 0);

/// <summary>Which findings to list: the 18 filters, all of which must hold.</summary>
internal sealed record ListFindings(
    [property: Description("How many to return."), Range(1, 100)] int Limit = 25,
    [property: Description("How many to skip."), Range(0, 1_000_000)] int Offset = 0,
    [property: Description("Columns to sort by, comma-separated, '-' in front for descending."), StringLength(300, MinimumLength = 1)] string Ordering = "numerical_severity,-date,id",
    [property: Description("Product ids: one, a list, or comma-separated."), OneOrList(ListForms.Id, ListForms.Most, IsNumber = true, Minimum = 1)] JsonElement? ProductId = null,
    [property: Description("Engagement ids: one, a list, or comma-separated."), OneOrList(ListForms.Id, ListForms.Most, IsNumber = true, Minimum = 1)] JsonElement? EngagementId = null,
    [property: Description("Only of this test; one that does not exist is an error."), Range(1, int.MaxValue)] int? TestId = null,
    [property: Description("Critical, High, Medium, Low, Info: one, a list, or comma-separated."), OneOrList(ListForms.Severity, 5)] JsonElement? Severity = null,
    [property: Description("Open findings are active.")] bool? Active = null,
    [property: Description("Confirmed by a person.")] bool? Verified = null,
    [property: Description("Duplicates of another finding.")] bool? Duplicate = null,
    [property: Description("False positives.")] bool? FalsePositive = null,
    [property: Description("Mitigated ones.")] bool? IsMitigated = null,
    [property: Description("Out of scope.")] bool? OutOfScope = null,
    [property: Description("Risk accepted.")] bool? RiskAccepted = null,
    [property: Description("Part of the title, in any case."), StringLength(511, MinimumLength = 1)] string? Title = null,
    [property: Description("Part of the component's name, in any case."), StringLength(500, MinimumLength = 1)] string? ComponentName = null,
    [property: Description("CWE numbers: one, a list, or comma-separated."), OneOrList(ListForms.Cwe, ListForms.Most, IsNumber = true, Maximum = 100_000)] JsonElement? Cwe = null,
    [property: Description("CVE and like ids, exactly: one, a list, or comma-separated."), OneOrList(ListForms.VulnerabilityId, ListForms.Most)] JsonElement? VulnerabilityId = null,
    [property: Description("Any of these tags: one, a list, or comma-separated."), OneOrList(ListForms.Tag, ListForms.Most)] JsonElement? Tags = null,
    [property: Description("Found after this day."), Format(TextFormat.Date)] string? DiscoveredAfter = null,
    [property: Description("Found before this day."), Format(TextFormat.Date)] string? DiscoveredBefore = null);

/// <summary>What one value of a list looks like.</summary>
internal static class ListForms
{
    public const int Most = 100;
    public const string Id = "[1-9][0-9]{0,9}";
    public const string Cwe = "0|[1-9][0-9]{0,5}";
    public const string Severity = "Critical|High|Medium|Low|Info";
    public const string VulnerabilityId = "[A-Za-z0-9][A-Za-z0-9._:/+-]{0,49}";
    public const string Tag = "[A-Za-z0-9._:/+-]{1,100}";
}
