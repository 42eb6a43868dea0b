namespace Sallyport.Core;

/// <summary>A platform failed. The message is shown to the caller: no secret, no URL with a query, no upstream body.</summary>
public sealed class UpstreamException(UpstreamFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public UpstreamFailure Failure => failure;

    /// <summary>How long the platform asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// It says nothing about the health of what is called: the call never got there, or what failed is a target that the caller
    /// chose. The circuit does not count it.
    /// </summary>
    public bool SaysNothingOfHealth { get; init; }

    /// <summary>What the caller can do about it.</summary>
    public string? Hint { get; init; }
}
