using System.Text.Json;

namespace Sallyport.Core.Tools;

/// <summary>When a person must agree to a call that changes nothing, because it can disturb what it looks at.</summary>
/// <param name="AppliesTo">Given a tenant's settings: whether any call can need it there.</param>
/// <param name="ReasonFor">Given those settings and the arguments: why this call needs it; null when it does not.</param>
public sealed record PersonRule(Func<object, bool> AppliesTo, Func<object, JsonElement, string?> ReasonFor)
{
    /// <summary>The rest of a result comes out of memory, so that nothing is disturbed by asking for it.</summary>
    public bool ContinuesFreely { get; init; }
}
