namespace Sallyport.Mcp.Http;

/// <summary>When a request that is not answered yet shows that it lives.</summary>
internal sealed record KeepAlive(TimeProvider Time)
{
    /// <summary>After this long without an answer the client gets its headers, as an event stream.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(15);
}
