namespace Sallyport.Simulator.Hosting.Journal;

/// <summary>One request as a platform received it.</summary>
public sealed record JournalEntry
{
    /// <summary>Counts from 1 on each platform, in order of arrival.</summary>
    public long Number { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>As sent, with the question mark, or empty.</summary>
    public required string Query { get; init; }

    /// <summary>All headers but Authorization, of which only the scheme is kept.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as text, at most its first 64 KiB.</summary>
    public required string Body { get; init; }

    public required long BodyBytes { get; init; }

    /// <summary>SHA-256 of the whole body in lower-case hexadecimal digits.</summary>
    public required string BodySha256 { get; init; }

    /// <summary>Which token was presented: t1, t2, unknown, or nothing.</summary>
    public string? TokenId { get; init; }

    /// <summary>What was done to it on purpose, or how answering it failed.</summary>
    public string? Fault { get; init; }

    /// <summary>Null until it was answered, and for good when the connection was dropped.</summary>
    public int? Status { get; init; }
}
