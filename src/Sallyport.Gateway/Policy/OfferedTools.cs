using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Policy;

/// <summary>Which tools an operator wants offered at all; what is left out is unknown to every caller.</summary>
/// <param name="Include">Patterns over names; null offers all. Finding and describing tools is always offered.</param>
/// <param name="Exclude">Patterns that win.</param>
public sealed record OfferedTools(IReadOnlyList<string>? Include, IReadOnlyList<string> Exclude)
{
    public bool Offers(Tool tool) => !Exclude.Any(pattern => ToolPattern.Matches(pattern, tool))
        && (Include is null || tool.Permission == ToolPermission.Discover || Include.Any(pattern => ToolPattern.Matches(pattern, tool)));
}
