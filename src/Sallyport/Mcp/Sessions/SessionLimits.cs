namespace Sallyport.Mcp.Sessions;

/// <summary>How many sessions are kept, and for how long when nothing happens in them.</summary>
internal sealed record SessionLimits(int Most = 1_000, int MostPerCaller = 200)
{
    /// <summary>Streams of the HTTP+SSE transport, of all callers.</summary>
    public int MostStreams { get; init; } = 200;

    public int MostStreamsPerCaller { get; init; } = 20;

    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(30);
}
