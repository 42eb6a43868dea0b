using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Tests.Gateway.Shaping;

/// <summary>One shaped result as a test looks at it.</summary>
internal sealed record Shaped(string Text, long Returned, long Total, bool IsCapped, string? Next, int Sanitized, long SourceBytes, string Sha256)
{
    private static readonly byte[] Binding = "the call"u8.ToArray();

    public static Func<long, string> Cursor { get; } = skip => new ResultCursor(skip).Encode(Binding);

    public int Bytes => Encoding.UTF8.GetByteCount(Text);

    public JsonElement Json => JsonDocument.Parse(Text, new JsonDocumentOptions { MaxDepth = 256 }).RootElement;

    public JsonElement[] Rows(string name = "items") => [.. Json.GetProperty(name).EnumerateArray()];

    public string[] Cut => Json.TryGetProperty("_capped", out var capped) && capped.TryGetProperty("cut", out var cut)
        ? [.. cut.EnumerateArray().Select(path => path.GetString()!)]
        : [];

    public string? Reason => Json.TryGetProperty("_capped", out var capped) ? capped.GetProperty("reason").GetString() : null;

    public static Shaped Of(string json, ShapeOptions? options = null) => Of(Encoding.UTF8.GetBytes(json), options);

    /// <summary>Shapes from memory and from a stream in pieces; both must say the same.</summary>
    public static Shaped Of(byte[] json, ShapeOptions? options = null)
    {
        options ??= new ShapeOptions();
        using var result = ResultShaper.Shape(json, options);
        var shaped = From(result);
        foreach (var piece in new[] { 1, 7, int.MaxValue })
            Assert.Equal(shaped, OfStream(new PiecewiseStream([json], piece), options));
        return shaped;
    }

    public static Shaped OfStream(Stream source, ShapeOptions options)
    {
        using var result = ResultShaper.ShapeAsync(source, options, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        return From(result);
    }

    /// <summary>Where the cursor of this result continues.</summary>
    public long Continuation()
    {
        Assert.True(ResultCursor.TryParse(Next, Binding, out var cursor, out var reason), reason);
        return cursor.Skip;
    }

    private static Shaped From(ShapedResult result) => new(
        Encoding.UTF8.GetString(result.Utf8.Span),
        result.Returned,
        result.Total,
        result.IsCapped,
        result.Next,
        result.Sanitized,
        result.SourceBytes,
        result.Sha256);
}
