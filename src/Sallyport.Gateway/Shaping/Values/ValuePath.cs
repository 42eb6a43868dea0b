using System.Text;
using Sallyport.Gateway.Shaping.Text;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Values;

/// <summary>Spells out a place in a result, such as <c>items[3].evidence.text</c>.</summary>
internal static class ValuePath
{
    private const int MostBytes = 200;

    /// <param name="root">What the value is called in the result; empty for the result itself.</param>
    /// <param name="index">Its place in the rows, or -1 when it is not a row.</param>
    /// <param name="frames">The open containers, outermost first.</param>
    /// <param name="json">The value so far, in which the names stand.</param>
    public static string Of(ReadOnlySpan<byte> root, long index, ReadOnlySpan<ValueFrame> frames, ReadOnlySpan<byte> json)
    {
        using var path = new PooledBuffer();
        path.Add(root);
        if (index >= 0)
            Index(path, index);
        foreach (ref readonly var frame in frames)
        {
            if (frame.IsArray)
            {
                Index(path, frame.Count - 1);
            }
            else
            {
                if (path.Length > 0)
                    path.Add((byte)'.');
                path.Add(json.Slice(frame.NameStart, frame.NameLength));
            }
        }

        if (path.Length > MostBytes)
        {
            path.Truncate(TextCut.Boundary(path.Written, MostBytes));
            path.Add("…"u8);
        }

        return Encoding.UTF8.GetString(path.Written);
    }

    private static void Index(PooledBuffer path, long number)
    {
        path.Add((byte)'[');
        JsonText.Number(path, number);
        path.Add((byte)']');
    }
}
