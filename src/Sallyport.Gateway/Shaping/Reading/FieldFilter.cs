using System.Text.Json;

namespace Sallyport.Gateway.Shaping.Reading;

/// <summary>Follows one row and says of every token whether it belongs to the fields that were asked for.</summary>
internal struct FieldFilter(FieldSelection selection)
{
    private bool _isObject;
    private bool _isKept;
    private MemberSet? _parts;

    // How deep the names are that _parts speaks of: 2 inside an object, 3 inside the objects of an array.
    private int _partDepth;
    private bool _isPartKept;

    /// <param name="type">What kind of token it is.</param>
    /// <param name="depth">How deep it lies in the row: 0 for the row's own, 1 for its members.</param>
    /// <param name="name">The member's name when the token is one.</param>
    public bool Keeps(JsonTokenType type, int depth, ReadOnlySpan<byte> name)
    {
        if (depth == 0)
        {
            _isObject = type == JsonTokenType.StartObject || (_isObject && type == JsonTokenType.EndObject);
            return true;
        }

        if (!_isObject)
            return true;
        if (depth == 1 && type == JsonTokenType.PropertyName)
        {
            _parts = selection.IsWhole(name) ? null : selection.PartsOf(name);
            return _isKept = _parts is not null || selection.IsWhole(name);
        }

        return _isKept && (_parts is null || KeepsPart(type, depth, name));
    }

    // A plain value has no such member and is not wanted; an array stands for the objects in it.
    private bool KeepsPart(JsonTokenType type, int depth, ReadOnlySpan<byte> name)
    {
        if (depth == 1)
        {
            _partDepth = type == JsonTokenType.StartArray ? 3 : 2;
            return type is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.EndObject or JsonTokenType.EndArray;
        }

        if (depth < _partDepth)
        {
            _isPartKept = false;
            return type is JsonTokenType.StartObject or JsonTokenType.EndObject;
        }

        if (depth == _partDepth && type == JsonTokenType.PropertyName)
            return _isPartKept = _parts!.Contains(name);
        return _isPartKept;
    }
}
