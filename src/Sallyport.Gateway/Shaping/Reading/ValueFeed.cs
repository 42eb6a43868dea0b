using System.Text.Json;
using Sallyport.Gateway.Shaping.Text;
using Sallyport.Gateway.Shaping.Values;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Reading;

/// <summary>
/// Carries the tokens of one value from the platform's answer into the result: cleaned, wrapped where the tool says so,
/// and reduced to the fields that were asked for.
/// </summary>
internal sealed class ValueFeed(TextSanitizer sanitizer, MemberSet? wrapMembers)
{
    private const int NoWrap = -1;

    private ValueWriter? _whole;
    private ValueWriter? _selected;
    private FieldFilter _filter;
    private int _depth;
    private int _wrapDepth = NoWrap;
    private bool _isWrapNext;
    private bool _isKept;

    /// <summary>Starts a value whose first token lies at <paramref name="depth"/>.</summary>
    /// <param name="depth">Depth in the document.</param>
    /// <param name="whole">Gets all of it; may be null.</param>
    /// <param name="selected">Gets what <paramref name="selection"/> keeps; may be null.</param>
    /// <param name="selection">Needed with <paramref name="selected"/>.</param>
    /// <param name="isWrapped">Whether the value itself goes into an envelope.</param>
    public void Begin(int depth, ValueWriter? whole, ValueWriter? selected, FieldSelection? selection, bool isWrapped)
    {
        (_depth, _whole, _selected, _isWrapNext) = (depth, whole, selected, isWrapped);
        _filter = selection is null ? default : new FieldFilter(selection);
    }

    /// <summary>Whether a value under this name goes into an envelope.</summary>
    public bool Wraps(ReadOnlySpan<byte> name) => wrapMembers is not null && wrapMembers.Contains(name);

    /// <summary>Takes the next token; true when it was the value's last.</summary>
    public bool Take(ref Utf8JsonReader reader) => Take(reader.TokenType, reader.CurrentDepth, ref reader);

    /// <summary>Takes the start of an array that the reader has passed already.</summary>
    public void TakeArrayStart(ref Utf8JsonReader reader) => Take(JsonTokenType.StartArray, _depth, ref reader);

    private bool Take(JsonTokenType type, int documentDepth, ref Utf8JsonReader reader)
    {
        var depth = documentDepth - _depth;
        if (type == JsonTokenType.PropertyName)
        {
            TakeName(ref reader, depth);
            return false;
        }

        _isKept = _selected is not null && _filter.Keeps(type, depth, default);
        if (_selected is not null && !_isKept)
            _selected.TakeBackName();
        var isStart = type is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (_isWrapNext)
        {
            _isWrapNext = false;
            if (type != JsonTokenType.Null)
                StartEnvelope(depth);
        }

        TakeValue(ref reader, type);
        if (depth == _wrapDepth && !isStart)
            EndEnvelope();
        return depth == 0 && !isStart;
    }

    private void TakeName(ref Utf8JsonReader reader, int depth)
    {
        var name = sanitizer.CleanName(reader.ValueSpan, reader.ValueIsEscaped, atTop: false, out var isChanged);
        _isKept = _selected is not null && _filter.Keeps(JsonTokenType.PropertyName, depth, name);
        _isWrapNext = _wrapDepth == NoWrap && Wraps(name);
        Name(name);
        Count(isChanged);
    }

    private void TakeValue(ref Utf8JsonReader reader, JsonTokenType type)
    {
        switch (type)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Start(type == JsonTokenType.StartArray);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                End();
                break;
            case JsonTokenType.String:
                var text = sanitizer.Clean(reader.ValueSpan, reader.ValueIsEscaped, out var isChanged);
                Text(text);
                Count(isChanged);
                break;
            default:
                _whole?.Literal(reader.ValueSpan);
                if (_isKept)
                    _selected!.Literal(reader.ValueSpan);
                break;
        }
    }

    private void StartEnvelope(int depth)
    {
        _wrapDepth = depth;
        Start(isArray: false);
        Name("value"u8);
    }

    private void EndEnvelope()
    {
        _wrapDepth = NoWrap;
        Name(GateWords.Warning);
        Text(GateWords.WarningText);
        End();
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        _whole?.Name(name);
        if (_isKept)
            _selected!.Name(name);
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        _whole?.Text(text);
        if (_isKept)
            _selected!.Text(text);
    }

    private void Start(bool isArray)
    {
        _whole?.Start(isArray);
        if (_isKept)
            _selected!.Start(isArray);
    }

    private void End()
    {
        _whole?.End();
        if (_isKept)
            _selected!.End();
    }

    private void Count(bool isChanged)
    {
        if (!isChanged)
            return;
        _whole?.Count();
        if (_isKept)
            _selected!.Count();
    }
}
