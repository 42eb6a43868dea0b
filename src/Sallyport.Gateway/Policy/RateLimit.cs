using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Gateway.Policy;

/// <summary>So many in so long, written <c>60/60s</c>.</summary>
public sealed record RateLimit(int Count, TimeSpan Window);

/// <summary>How much one caller may do in one tenant; null sets no limit.</summary>
/// <param name="Mutations">Changes of a caller who has proven who it is.</param>
/// <param name="OpenAccessMutations">Changes of all callers without proof together.</param>
public sealed record CallLimits(RateLimit Mutations, RateLimit OpenAccessMutations)
{
    /// <summary>Calls of any kind.</summary>
    public RateLimit? Calls { get; init; }

    /// <summary>The very same call again.</summary>
    public RateLimit? Repeats { get; init; }

    /// <summary>Single tools, in place of what they say themselves.</summary>
    public IReadOnlyList<ToolRate> Tools { get; init; } = [];

    /// <summary>Bytes of results.</summary>
    public RateLimit? OutputBytes { get; init; }
}
