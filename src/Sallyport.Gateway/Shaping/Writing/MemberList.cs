using Sallyport.Gateway.Shaping.Values;

namespace Sallyport.Gateway.Shaping.Writing;

/// <summary>Top-level members of a result other than its rows, with what was cut from them.</summary>
internal sealed class MemberList : IDisposable
{
    // An object that is never closed: what follows the brace is the members.
    private readonly PooledBuffer _json = new();
    private bool _isFull;

    public MemberList() => _json.Add((byte)'{');

    public ReadOnlySpan<byte> Members => _json.Written[1..];

    public int Length => _json.Length - 1;

    public CutList Cuts { get; } = new();

    public int Sanitized { get; private set; }

    /// <summary>How long the list would be with one more member.</summary>
    public int LengthWith(ReadOnlySpan<byte> name, ValueWriter value) =>
        Length + JsonText.CommaLength(_json) + name.Length + 3 + value.Json.Length;

    public void Add(ReadOnlySpan<byte> name, ValueWriter value)
    {
        JsonText.Name(_json, name);
        _json.Add(value.Json);
        Cuts.AddAll(value.Cuts);
        Sanitized += value.Sanitized;
    }

    /// <summary>Adds a member to a list of at most <paramref name="room"/> bytes, at the cost of what is long in it already.</summary>
    public void AddWithin(ReadOnlySpan<byte> name, ValueWriter value, int room, int warningRoom, ValueWriter scratch)
    {
        if (LengthWith(name, value) > room && _isFull)
        {
            Cuts.AddMissing(name);
            return;
        }

        Add(name, value);
        Shrink(room, warningRoom, scratch);
    }

    public void Shrink(int room, int warningRoom, ValueWriter scratch)
    {
        if (Length <= room)
            return;
        _json.Add((byte)'}');
        ValueFitter.Fit([], -1, _json.Written, Math.Max(room, 0) + 2, warningRoom, scratch);
        _json.Truncate(0);
        _json.Add(scratch.Json[..^1]);
        Cuts.AddAll(scratch.Cuts);
        _isFull |= scratch.IsFull;
    }

    public void Dispose() => _json.Dispose();
}
