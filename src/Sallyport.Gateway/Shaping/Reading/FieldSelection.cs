using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Reading;

/// <summary>The members of a row that an agent asked for: whole ones, and single members of an object as <c>a.b</c>.</summary>
internal sealed class FieldSelection
{
    private readonly MemberSet _whole;
    private readonly (byte[] Outer, MemberSet Inner)[] _parts;

    private FieldSelection(IReadOnlyList<string> fields)
    {
        _whole = MemberSet.Of(fields);
        _parts = [.. fields
            .Select(field => field.Split('.', 2))
            .Where(path => path.Length == 2)
            .GroupBy(path => path[0], path => path[1], StringComparer.Ordinal)
            .Select(group => (JsonText.Escape(group.Key), MemberSet.Of(group)))];
    }

    /// <summary>Null when every member is wanted.</summary>
    public static FieldSelection? Of(IReadOnlyList<string>? fields) => fields is { Count: > 0 } ? new FieldSelection(fields) : null;

    public bool IsWhole(ReadOnlySpan<byte> name) => _whole.Contains(name);

    /// <summary>Which members of this member are wanted; null when it is not wanted in parts.</summary>
    public MemberSet? PartsOf(ReadOnlySpan<byte> name)
    {
        foreach (var (outer, inner) in _parts)
        {
            if (name.SequenceEqual(outer))
                return inner;
        }

        return null;
    }
}
