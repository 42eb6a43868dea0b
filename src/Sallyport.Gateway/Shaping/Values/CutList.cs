using System.Text;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Values;

/// <summary>Where a result was cut: paths that let an agent ask for exactly what is missing.</summary>
internal sealed class CutList
{
    private const int Most = 64;

    // A comma and `"… and N more"` with up to ten digits.
    private const int MostRemainder = 26;

    private readonly List<Cut> _cuts = [];
    private long _more;

    public bool IsEmpty => _cuts.Count == 0;

    /// <summary>The state to go back to with <see cref="Restore"/>.</summary>
    public (int Count, long More) Mark => (_cuts.Count, _more);

    /// <summary>Notes a text that was cut, or how many members or elements are missing there. The path is only spelled out if there is room for it.</summary>
    public void Add(ReadOnlySpan<byte> root, long index, ReadOnlySpan<ValueFrame> frames, ReadOnlySpan<byte> json, long leftOut)
    {
        if (_cuts.Count < Most)
            Add(new Cut(ValuePath.Of(root, index, frames, json), leftOut));
        else
            _more++;
    }

    /// <summary>Notes a member of the result that is missing altogether.</summary>
    public void AddMissing(ReadOnlySpan<byte> name)
    {
        if (_cuts.Count < Most)
            _cuts.Add(new Cut(ValuePath.Of(name, -1, [], []), 0));
        else
            _more++;
    }

    public void AddAll(CutList other)
    {
        foreach (var cut in other._cuts)
            Add(cut);
        _more += other._more;
    }

    public void Restore((int Count, long More) mark)
    {
        _cuts.RemoveRange(mark.Count, _cuts.Count - mark.Count);
        _more = mark.More;
    }

    public void Clear() => Restore(default);

    /// <summary>Writes the list as a JSON array of at most <paramref name="most"/> bytes; paths that find no room are counted.</summary>
    public void Write(PooledBuffer json, int most)
    {
        var end = json.Length + most - 1;
        json.Add((byte)'[');
        var written = 0;
        foreach (var cut in _cuts)
        {
            var path = Encoding.UTF8.GetBytes(cut.LeftOut > 0 ? $"{cut.Path}[+{cut.LeftOut}]" : cut.Path);
            var isLast = written == _cuts.Count - 1 && _more == 0;
            if (json.Length + path.Length + 3 + (isLast ? 0 : MostRemainder) > end)
                break;
            JsonText.Separate(json);
            JsonText.Quote(json, path);
            written++;
        }

        if (_more + _cuts.Count - written is > 0 and var left)
        {
            JsonText.Separate(json);
            json.Add("\"… and "u8);
            JsonText.Number(json, left);
            json.Add(" more\""u8);
        }

        json.Add((byte)']');
    }

    // A value that was cut twice, while it was read and again to fit, is missing the sum.
    private void Add(Cut cut)
    {
        var known = _cuts.FindIndex(other => other.Path == cut.Path && other.LeftOut > 0 == cut.LeftOut > 0);
        if (known >= 0)
            _cuts[known] = cut with { LeftOut = cut.LeftOut + _cuts[known].LeftOut };
        else if (_cuts.Count < Most)
            _cuts.Add(cut);
        else
            _more++;
    }

    private readonly record struct Cut(string Path, long LeftOut);
}
