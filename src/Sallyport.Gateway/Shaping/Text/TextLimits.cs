namespace Sallyport.Gateway.Shaping.Text;

/// <summary>How much of one string is looked at and kept.</summary>
/// <param name="MostBytes">The most bytes of a string in a result.</param>
internal readonly record struct TextLimits(int MostBytes)
{
    /// <summary>No member name in a result is longer.</summary>
    public const int MostNameBytes = 256;

    /// <summary>More than enough bytes to say how much of a string is missing.</summary>
    public const int SuffixRoom = 64;

    /// <summary>For the gate's own words; as many bytes as can be multiplied by the longest escape.</summary>
    public static TextLimits None { get; } = new(int.MaxValue / 8);

    /// <summary>
    /// Bytes of a string as sent that are read before the rest is only counted: enough for a full string even when
    /// every character is written as a six-byte escape.
    /// </summary>
    public int MostRawBytes => Math.Max(MostBytes, MostNameBytes) * 6 + SuffixRoom;

    /// <summary>How much of a string beyond <see cref="MostRawBytes"/> is read; with word of what is missing it is below that again.</summary>
    public int KeptRawBytes => MostRawBytes - SuffixRoom;

    public static TextLimits Of(ShapeOptions options) => new(Math.Min(options.MaxStringBytes, options.MaxBytes));
}
