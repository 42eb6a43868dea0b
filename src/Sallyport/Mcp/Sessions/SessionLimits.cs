namespace Sallyport.Mcp.Sessions;

/// <summary>How many sessions are kept, and for how long when nothing happens in them.</summary>
internal sealed record SessionLimits(int Most = 1_000, int MostPerCaller = 200)
{
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(30);
}
