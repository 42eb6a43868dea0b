using System.Text.Json;
using Sallyport.Gateway.Shaping.Text;
using Sallyport.Gateway.Shaping.Values;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Reading;

/// <summary>Finds the members and the rows of a platform's answer, token by token, and passes them on.</summary>
internal sealed class DocumentReader : IDisposable
{
    // A value is read somewhat beyond the budget: with its long strings cut it may still fit.
    private const int ReadAhead = 4;

    private readonly ShapeOptions _options;
    private readonly TextLimits _limits;
    private readonly byte[]? _rowsName;
    private readonly FieldSelection? _selection;
    private readonly TextSanitizer _sanitizer;
    private readonly ValueFeed _feed;
    private readonly ValueWriter _value;
    private readonly ValueWriter _selected;
    private readonly ResultBuilder _result;
    private readonly PooledBuffer _name = new();

    private JsonReaderState _state = new(ReadLimits.Options);
    private Place _place;
    private bool _isNameChanged;
    private bool _isHeld;
    private bool _isRowsOpened;
    private int _rowDepth;
    private int _members;

    public DocumentReader(ShapeOptions options)
    {
        var frame = new ResultFrame(options);
        _options = options;
        _limits = TextLimits.Of(options);
        _rowsName = options.Rows is null ? null : JsonText.Escape(options.Rows);
        _selection = FieldSelection.Of(options.Fields);
        _sanitizer = new TextSanitizer(_limits);
        _feed = new ValueFeed(_sanitizer, options.Wrap ? options.WrapMembers : null);
        _value = new ValueWriter(frame.WarningRoom);
        _selected = new ValueWriter(frame.WarningRoom);
        _result = new ResultBuilder(options, frame);
    }

    private enum Place
    {
        Root,
        Name,
        Value,
        FirstElement,
        InMember,
        Rows,
        InRow,
        SkippedRow,
        End,
    }

    /// <summary>Reads on and returns how many bytes were used up; the rest belongs to the next call.</summary>
    public int Read(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        var reader = new Utf8JsonReader(bytes, isFinal, _state);
        try
        {
            while (reader.Read())
                Take(ref reader);
        }
        catch (JsonException error)
        {
            throw new ShapingException(
                ShapingFailure.InvalidJson,
                $"The platform's answer is not valid JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}).");
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    public ShapedResult Finish(long sourceBytes) => _result.Finish(sourceBytes);

    public void Dispose()
    {
        _sanitizer.Dispose();
        _value.Dispose();
        _selected.Dispose();
        _result.Dispose();
        _name.Dispose();
    }

    private void Take(ref Utf8JsonReader reader)
    {
        ReadLimits.Check(ref reader);
        switch (_place)
        {
            case Place.Root:
                TakeRoot(ref reader);
                break;
            case Place.Name:
                TakeName(ref reader);
                break;
            case Place.Value:
                TakeValue(ref reader);
                break;
            case Place.FirstElement:
                TakeFirstElement(ref reader);
                break;
            case Place.Rows:
                TakeRow(ref reader);
                break;
            case Place.SkippedRow:
                if (reader.CurrentDepth == _rowDepth)
                    _place = Place.Rows;
                break;
            case Place.InMember:
                TakeInMember(ref reader);
                break;
            case Place.InRow:
                TakeInRow(ref reader);
                break;
        }
    }

    private void TakeRoot(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _place = Place.Name;
                break;
            case JsonTokenType.StartArray:
                _name.Add("items"u8);
                OpenRows(rowDepth: 1);
                break;
            default:
                _name.Add("value"u8);
                BeginMember(ref reader);
                break;
        }
    }

    private void TakeName(ref Utf8JsonReader reader)
    {
        var isEnd = reader.TokenType == JsonTokenType.EndObject;
        if (_isHeld)
            _result.AddMember(_name.Written, isEnd ? _selected : _value);
        _isHeld = false;
        _place = isEnd ? Place.End : Place.Value;
        if (isEnd)
            return;

        _members++;
        var name = _sanitizer.CleanName(reader.ValueSpan, reader.ValueIsEscaped, atTop: true, out _isNameChanged);
        _name.Truncate(0);
        // A second member under the rows' name could pass for the rows.
        if (_isRowsOpened && name.SequenceEqual(_result.RowsName))
        {
            _isNameChanged = true;
            _name.Add(GateWords.RenamePrefix);
        }

        _name.Add(name);
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        var isArray = reader.TokenType == JsonTokenType.StartArray && !_isRowsOpened;
        if (isArray && _rowsName is null)
            _place = Place.FirstElement;
        else if (isArray && _name.Written.SequenceEqual(_rowsName))
            OpenRows(rowDepth: 2);
        else
            BeginMember(ref reader);
    }

    // Rows that nobody named are the first array that starts with an object; other arrays are plain members.
    private void TakeFirstElement(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            OpenRows(rowDepth: 2);
            TakeRow(ref reader);
            return;
        }

        BeginValue(depth: 1, isTentative: false);
        _feed.TakeArrayStart(ref reader);
        TakeInMember(ref reader);
    }

    private void OpenRows(int rowDepth)
    {
        _result.OpenRows(_name.Written, _isNameChanged);
        (_rowDepth, _isRowsOpened, _place) = (rowDepth, true, Place.Rows);
    }

    // An answer whose only member is an object is reduced to the fields; whether it is the only one shows at the end,
    // so it is kept in both forms until then.
    private void BeginMember(ref Utf8JsonReader reader)
    {
        BeginValue(reader.CurrentDepth, _selection is not null && _members == 1 && reader.TokenType == JsonTokenType.StartObject);
        TakeInMember(ref reader);
    }

    private void BeginValue(int depth, bool isTentative)
    {
        BeginWriter(_value, -1);
        if (isTentative)
            BeginWriter(_selected, -1);
        _isHeld = isTentative;
        _feed.Begin(depth, _value, isTentative ? _selected : null, _selection, _feed.Wraps(_name.Written));
        _place = Place.InMember;
    }

    private void BeginWriter(ValueWriter writer, long index)
    {
        writer.Begin(_name.Written, index, _options.MaxBytes * ReadAhead, _limits.MostBytes);
        if (_isNameChanged && index < 0)
            writer.Count();
    }

    private void TakeInMember(ref Utf8JsonReader reader)
    {
        if (!_feed.Take(ref reader))
            return;
        _place = Place.Name;
        if (!_isHeld)
            _result.AddMember(_name.Written, _value);
    }

    private void TakeRow(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth < _rowDepth)
        {
            _place = _rowDepth == 1 ? Place.End : Place.Name;
            return;
        }

        _result.Total++;
        if (_result.Total <= _options.Skip || !_result.TakesRow())
        {
            _place = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? Place.SkippedRow : Place.Rows;
            return;
        }

        BeginWriter(_value, _result.Returned);
        _feed.Begin(_rowDepth, _selection is null ? _value : null, _selection is null ? null : _value, _selection, isWrapped: false);
        _place = Place.InRow;
        TakeInRow(ref reader);
    }

    private void TakeInRow(ref Utf8JsonReader reader)
    {
        if (!_feed.Take(ref reader))
            return;
        _result.AddRow(_value);
        _place = Place.Rows;
    }
}
