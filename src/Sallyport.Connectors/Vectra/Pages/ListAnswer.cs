using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>Writes a list as a result: the platform's count, the rows as they arrive, and at the end whether that was all.</summary>
internal sealed class ListAnswer(string countName, string rowsName)
{
    private static readonly byte[] Comma = [(byte)','];

    /// <summary>Makes of a row what the result shows; nothing leaves the row out.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Show { get; init; } = static row => row;

    /// <summary>Adds members after the rows, once all of them are known; is told how many were shown.</summary>
    public Action<Utf8JsonWriter, int>? Finish { get; init; }

    /// <summary>
    /// Rows are left out here that the platform counts: the count is then of what is shown, as far as the list was read, and
    /// comes after the rows.
    /// </summary>
    public bool IsFiltered { get; init; }

    /// <summary>What to say when nothing was found.</summary>
    public string Nothing { get; init; } = "Nothing matches.";

    public ToolContent Of(PageWalk walk)
    {
        var stream = new ChunkStream(ChunksAsync(walk, CancellationToken.None));
        return ToolContent.FromStream(stream, stream);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync(PageWalk walk, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shown = 0;
        var isOpen = false;
        var saidCount = false;
        await foreach (var row in walk.RowsAsync(cancellationToken))
        {
            if (!isOpen)
            {
                var count = IsFiltered ? null : walk.Count;
                yield return Opening(count);
                (isOpen, saidCount) = (true, count is not null);
            }

            var visible = Show(row);
            if (visible.IsEmpty)
                continue;
            if (shown++ > 0)
                yield return Comma;
            yield return visible;
        }

        if (!isOpen)
        {
            yield return Opening(IsFiltered ? 0 : walk.Count ?? 0);
            saidCount = true;
        }

        yield return Closing(walk, shown, saidCount);
    }

    private byte[] Opening(long? count)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            if (count is { } known)
                json.WriteNumber(countName, known);
            json.WriteStartArray(rowsName);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private byte[] Closing(PageWalk walk, int shown, bool saidCount)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (!saidCount)
                json.WriteNumber(countName, IsFiltered && (shown < walk.Seen || walk.Seen >= walk.Count) ? shown : walk.Count ?? walk.Seen);
            json.WriteNumber("returned_count", shown);
            json.WriteBoolean("complete", walk.IncompleteReason is null);
            if (walk.IncompleteReason is { } reason)
                json.WriteString("incomplete_reason", reason);
            else if (walk.Count > walk.Seen && walk.Seen == walk.Limit)
                json.WriteString("note", IsFiltered && shown < walk.Seen
                    ? $"Only the first {walk.Limit} of {walk.Count} items were searched."
                    : $"{walk.Count} match; only the first {walk.Limit} were asked for.");
            Finish?.Invoke(json, shown);
            if (shown == 0)
                json.WriteString("message", Nothing);
            json.WriteEndObject();
        }

        // The rows' array ends here, and the members go on in the object that it stands in.
        return [(byte)']', (byte)',', .. buffer.WrittenSpan[1..]];
    }
}
