using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Connectors.Eset.Operations;

/// <summary>How many rows one page of a list may have; ESET gives 50 when nothing is said, and never more than 1,000.</summary>
internal sealed class PageSizeAttribute() : RangeAttribute(0, 99999);

/// <summary>Where the next page of a list starts.</summary>
internal sealed class PageTokenAttribute() : StringLengthAttribute(128);

/// <summary>Which page of a list.</summary>
internal sealed record Page(
    [Description("Default 50, at most 1000."), PageSize] long? PageSize = null,
    [Description("nextPageToken of the page before."), PageToken] string? PageToken = null);
