using System.ComponentModel;

namespace Sallyport.Configuration.Sections;

/// <summary>Which tools are offered at all, by name or pattern.</summary>
internal sealed record ToolSettings(
    [Description("Names or patterns to offer; all of them when left out.")] IReadOnlyList<string>? Include = null,
    [Description("Names or patterns never to offer.")] IReadOnlyList<string>? Exclude = null);

/// <summary>Which groups of tools the full catalogue lists. What is not listed can still be found and called.</summary>
internal sealed record ToolsetSettings(
    [Description("Toolsets to list even when there are more tools than clients can bear, by name or pattern; 'sallyport tools' names them.")] IReadOnlyList<string>? Show = null,
    [Description("Toolsets never to list, by name or pattern.")] IReadOnlyList<string>? Hide = null);
