using Sallyport.Gateway.Shaping.Reading;
using Sallyport.Gateway.Shaping.Text;

namespace Sallyport.Gateway.Shaping;

/// <summary>
/// Turns a platform's JSON answer, of any size, into a result that a model can take: within a budget of bytes, cleaned
/// of hidden text, marked as untrusted, and continued by a cursor where rows were left out. One pass, no document tree;
/// memory follows the budget, not the answer.
/// </summary>
public static class ResultShaper
{
    /// <summary>Shapes an answer while it arrives. The stream is read to its end and left open.</summary>
    /// <exception cref="ShapingException">The answer is not JSON that can be shaped.</exception>
    public static async ValueTask<ShapedResult> ShapeAsync(Stream source, ShapeOptions options, CancellationToken cancellationToken)
    {
        using var document = new DocumentReader(options);
        using var window = new SourceWindow(source, TextLimits.Of(options));
        do
        {
            await window.FillAsync(cancellationToken);
            var taken = document.Read(window.Unread, window.IsFinal);
            await window.ConsumeAsync(taken, cancellationToken);
        }
        while (!window.IsFinal);

        return document.Finish(window.SourceBytes);
    }

    /// <summary>Shapes an answer that is in memory already.</summary>
    /// <exception cref="ShapingException">The answer is not JSON that can be shaped.</exception>
    public static ShapedResult Shape(ReadOnlySpan<byte> source, ShapeOptions options)
    {
        using var document = new DocumentReader(options);
        document.Read(SourceWindow.WithoutByteOrderMark(source), isFinal: true);
        return document.Finish(source.Length);
    }
}
