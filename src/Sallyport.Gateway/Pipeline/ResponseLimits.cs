namespace Sallyport.Gateway.Pipeline;

/// <summary>How large one answer may be.</summary>
/// <param name="Bytes">UTF-8 bytes.</param>
/// <param name="Tokens">Tokens of a model, counted as four bytes each.</param>
public sealed record ResponseLimits(int Bytes = 100_000, int Tokens = 20_000)
{
    private const int BytesPerToken = 4;

    /// <summary>The smaller of both, in bytes.</summary>
    public int ResponseBytes => (int)Math.Min(Bytes, (long)Tokens * BytesPerToken);
}
