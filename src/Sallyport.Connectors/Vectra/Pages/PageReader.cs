using System.Buffers;
using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>Reads one page of a list as it arrives and hands out its rows one by one; holds no more than the row at hand.</summary>
/// <remarks>A page is <c>{count, next, previous, results}</c>, in whatever order and with whatever else.</remarks>
internal sealed class PageReader(Stream body) : IDisposable
{
    private const int LargestRow = 8 << 20;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(32 << 10);
    private int _start;
    private int _end;
    private bool _isWhole;
    private Place _place;
    private JsonReaderState _state;

    private enum Place
    {
        Before,
        Members,
        Rows,
        After,
    }

    private enum Step
    {
        Continue,
        Row,
        End,
    }

    /// <summary>How many items match, as the platform counts them; null until it has said so.</summary>
    public long? Count { get; private set; }

    /// <summary>The number of the next page, taken from the link and from nowhere else; null on the last.</summary>
    public int? NextPage { get; private set; }

    /// <summary>The row that was read last, as it came; good until the next one is read.</summary>
    public ReadOnlyMemory<byte> Row { get; private set; }

    /// <summary>Bytes of the answer that are in memory now, used or not.</summary>
    internal int Held => _buffer.Length;

    private bool HasRows { get; set; }

    /// <summary>False when there are no more rows.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                switch (Advance())
                {
                    case Step.Row:
                        return true;
                    case Step.End:
                        return HasRows ? false : throw new JsonException("A page without results.");
                }
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
            {
                throw new UpstreamException(UpstreamFailure.InvalidResponse, "Vectra answered with JSON that is not what it documents.", exception);
            }

            await FillAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Goes as far as the bytes at hand allow, and keeps the place after the last whole thing.</summary>
    private Step Advance()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isWhole, _state);
        var from = _start;
        while (TryStep(ref reader, from, out var step))
        {
            (_start, _state) = (from + (int)reader.BytesConsumed, reader.CurrentState);
            if (step != Step.Continue)
                return step;
        }

        return Step.Continue;
    }

    private bool TryStep(ref Utf8JsonReader reader, int from, out Step step)
    {
        step = Step.Continue;
        switch (_place)
        {
            case Place.Before:
                if (!reader.Read())
                    return false;
                _place = reader.TokenType == JsonTokenType.StartObject ? Place.Members : throw new JsonException("A page is an object.");
                return true;
            case Place.Members:
                return TryMember(ref reader, out step);
            case Place.Rows:
                return TryRow(ref reader, from, out step);
            default:
                step = Step.End;
                return true;
        }
    }

    private bool TryMember(ref Utf8JsonReader reader, out Step step)
    {
        step = Step.Continue;
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            (_place, step) = (Place.After, Step.End);
            return true;
        }

        var isCount = reader.ValueTextEquals("count"u8);
        var isNext = reader.ValueTextEquals("next"u8);
        var isRows = reader.ValueTextEquals("results"u8);
        if (!reader.Read())
            return false;
        if (isRows && reader.TokenType == JsonTokenType.StartArray)
        {
            (HasRows, _place) = (true, Place.Rows);
            return true;
        }

        if (!reader.TrySkip())
            return false;
        if (isCount && reader.TokenType == JsonTokenType.Number)
            Count = reader.GetInt64();
        else if (isNext && reader.TokenType == JsonTokenType.String)
            NextPage = PageNumber.In(reader.GetString()!);
        return true;
    }

    private bool TryRow(ref Utf8JsonReader reader, int from, out Step step)
    {
        step = Step.Continue;
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _place = Place.Members;
            return true;
        }

        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return false;
        Row = _buffer.AsMemory(from + start, (int)reader.BytesConsumed - start);
        step = Step.Row;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_isWhole)
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "Vectra broke off in the middle of its answer.");
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Grow();
        var read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _isWhole = read == 0;
        _end += read;
    }

    private void Grow()
    {
        if (_buffer.Length >= LargestRow)
            throw new UpstreamException(UpstreamFailure.TooLarge, $"One item in Vectra's answer is larger than {LargestRow >> 20} MiB.") { Hint = "Exclude large fields." };
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
