namespace Sallyport.Core.Http;

/// <summary>Why a token is asked for.</summary>
/// <param name="Previous">The one before it, whose refresh token may serve; null when there is none, or when it was refused.</param>
public readonly record struct TokenNeed(AccessToken? Previous, TokenReason Reason);

/// <summary>What made a token necessary.</summary>
public enum TokenReason
{
    /// <summary>There was none yet.</summary>
    Initial,

    /// <summary>The one before it ends soon, or has ended.</summary>
    Proactive,

    /// <summary>The platform refused the one before it.</summary>
    Rejected,
}
