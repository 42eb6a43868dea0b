namespace Sallyport.Core;

/// <summary>Names one tool call everywhere it is mentioned: audit, log, error and result.</summary>
public static class CallId
{
    /// <summary>A new id: a version 7 UUID, so that ids sort by time.</summary>
    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
