using System.Buffers;
using System.Text;
using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Connectors.Defender.Hunting;

/// <summary>
/// Reads a hunt's answer as it arrives: the columns, the rows up to a cap as they are, and beyond it only how many there
/// were. Memory follows what is kept and never what the platform sends.
/// </summary>
/// <param name="maxRows">Rows kept.</param>
internal sealed class HuntReader(int maxRows) : IDisposable
{
    private const int MaxDepth = 64;
    private const int RowDepth = 2;
    private const int MaxKeptBytes = 16 << 20;

    private readonly ArrayBufferWriter<byte> _rows = new(16 * 1024);
    private readonly List<HuntColumn> _columns = [];
    private readonly List<string> _times = [];
    private Utf8JsonWriter? _writer;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
    private Part _part;
    private string? _columnName;
    private string? _columnType;
    private string _member = "";
    private int? _skipAbove;
    private bool _hasSchema;
    private bool _hasResults;

    private enum Part
    {
        Other,
        Schema,
        Results,
    }

    public IReadOnlyList<HuntColumn> Columns => _columns;

    /// <summary>The rows kept, as a JSON array.</summary>
    public ReadOnlySpan<byte> Rows => _rows.WrittenSpan;

    public int Kept { get; private set; }

    public int Total { get; private set; }

    /// <summary>The time of each row kept, where all of them have one.</summary>
    public IReadOnlyList<string> Times => _times.Count == Kept ? _times : [];

    private bool IsKeeping => Kept < maxRows && _rows.WrittenCount < MaxKeptBytes;

    public async Task ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            _writer = new Utf8JsonWriter(_rows, new JsonWriterOptions { SkipValidation = true });
            _writer.WriteStartArray();
            for (int held = 0, read = -1; read != 0;)
            {
                if (held == buffer.Length)
                    Grow(ref buffer);
                read = await body.ReadAsync(buffer.AsMemory(held), cancellationToken);
                held += read;
                var used = Consume(buffer.AsSpan(0, held), isLast: read == 0);
                buffer.AsSpan(used, held - used).CopyTo(buffer);
                held -= used;
            }

            _writer.WriteEndArray();
            await _writer.FlushAsync(cancellationToken);
        }
        catch (JsonException)
        {
            // The exception's text may quote the answer.
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "Defender answered a hunt with JSON that is broken off or not what it documents.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // An error that comes with status 200 must not look like "no hits".
        if (!_hasSchema && !_hasResults)
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "Defender answered a hunt without columns and rows.");
    }

    public void Dispose() => _writer?.Dispose();

    private static void Grow(ref byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private int Consume(ReadOnlySpan<byte> utf8, bool isLast)
    {
        var reader = new Utf8JsonReader(utf8, isLast, _state);
        while (reader.Read())
            Take(ref reader, utf8);
        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            _part = name.Equals("schema", StringComparison.OrdinalIgnoreCase) ? Part.Schema
                : name.Equals("results", StringComparison.OrdinalIgnoreCase) ? Part.Results : Part.Other;
            return;
        }

        if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.StartArray)
            (_hasSchema, _hasResults) = (_hasSchema || _part == Part.Schema, _hasResults || _part == Part.Results);
        else if (reader.CurrentDepth >= RowDepth && _part == Part.Schema)
            TakeColumn(ref reader);
        else if (reader.CurrentDepth >= RowDepth && _part == Part.Results)
            TakeRow(ref reader, utf8);
    }

    private void TakeColumn(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when reader.CurrentDepth == RowDepth + 1:
                _member = reader.GetString()!;
                break;
            case JsonTokenType.String when reader.CurrentDepth == RowDepth + 1 && _member.Equals("name", StringComparison.OrdinalIgnoreCase):
                _columnName = reader.GetString();
                break;
            case JsonTokenType.String when reader.CurrentDepth == RowDepth + 1 && _member.Equals("type", StringComparison.OrdinalIgnoreCase):
                _columnType = reader.GetString();
                break;
            case JsonTokenType.EndObject when reader.CurrentDepth == RowDepth && _columnName is not null:
                _columns.Add(new HuntColumn(_columnName, _columnType ?? "String"));
                (_columnName, _columnType) = (null, null);
                break;
        }
    }

    private void TakeRow(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        if (reader.CurrentDepth == RowDepth)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Total++;
                _skipAbove = IsKeeping ? null : RowDepth;
            }

            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
                return;
        }

        if (_skipAbove is { } depth)
        {
            // The value of a dropped member ends where its depth is reached again.
            if (depth != RowDepth && reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                _skipAbove = null;
            return;
        }

        if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.IndexOf("@odata."u8) >= 0)
        {
            _skipAbove = reader.CurrentDepth;
            return;
        }

        Copy(ref reader, utf8);
        if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == RowDepth)
        {
            Kept++;
            _writer!.Flush();
        }
    }

    /// <summary>Numbers and texts go through byte for byte: no digit is lost and no escape reinterpreted.</summary>
    private void Copy(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var writer = _writer!;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName:
                _member = Encoding.UTF8.GetString(reader.ValueSpan);
                writer.WritePropertyName(_member);
                break;
            default:
                if (reader.TokenType == JsonTokenType.String && reader.CurrentDepth == RowDepth + 1 && _member.Equals("Timestamp", StringComparison.OrdinalIgnoreCase))
                    _times.Add(Encoding.UTF8.GetString(reader.ValueSpan));
                var quotes = reader.TokenType == JsonTokenType.String ? 2 : 0;
                writer.WriteRawValue(utf8.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + quotes), skipInputValidation: true);
                break;
        }
    }
}
