using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping;

/// <summary>A fixed set of member names that is asked about every member of an answer; made once per tool.</summary>
public sealed class MemberSet
{
    // By length: nearly every member name is told apart without looking at its bytes.
    private readonly byte[][][] _byLength;

    private MemberSet(IEnumerable<string> names)
    {
        var escaped = names.Select(JsonText.Escape).ToArray();
        _byLength = new byte[escaped.Select(name => name.Length + 1).DefaultIfEmpty().Max()][][];
        for (var length = 0; length < _byLength.Length; length++)
            _byLength[length] = [.. escaped.Where(name => name.Length == length)];
    }

    public static MemberSet None { get; } = new([]);

    public bool IsEmpty => _byLength.Length == 0;

    public static MemberSet Of(params IEnumerable<string> names) => new(names);

    /// <summary>Asks for a name as it stands in JSON, without its quotes.</summary>
    internal bool Contains(ReadOnlySpan<byte> name)
    {
        if (name.Length >= _byLength.Length)
            return false;
        foreach (var candidate in _byLength[name.Length])
        {
            if (name.SequenceEqual(candidate))
                return true;
        }

        return false;
    }
}
