using Sallyport.Gateway.Shaping.Values;

namespace Sallyport.Gateway.Shaping.Writing;

/// <summary>
/// The rows of a result. Rows that fit only if nothing has to be said about leaving others out are taken on approval:
/// they go again when something does.
/// </summary>
internal sealed class RowList : IDisposable
{
    private readonly PooledBuffer _name = new();
    private readonly PooledBuffer _rows = new();
    private Mark? _approved;
    private Mark _firstOnApproval;

    public bool IsOpened { get; private set; }

    public ReadOnlySpan<byte> Name => _name.Written;

    public ReadOnlySpan<byte> Rows => _rows.Written;

    public long Returned { get; private set; }

    public int Sanitized { get; private set; }

    public CutList Cuts { get; } = new();

    public bool HasRowsOnApproval => _approved is not null;

    /// <summary>Bytes of the whole member; none before <see cref="Open"/>.</summary>
    public int Length => IsOpened ? Overhead + _rows.Length : 0;

    /// <summary>Bytes of the member without a row.</summary>
    public int Overhead => _name.Length + 5;

    public void Open(ReadOnlySpan<byte> name, bool isNameChanged)
    {
        _name.Add(name);
        Sanitized = isNameChanged ? 1 : 0;
        IsOpened = true;
    }

    public int LengthWith(int rowLength) => Length + (_rows.Length > 0 ? 1 : 0) + rowLength;

    public void Add(ReadOnlySpan<byte> row, CutList? cuts, int sanitized)
    {
        if (_rows.Length > 0)
            _rows.Add((byte)',');
        _rows.Add(row);
        if (cuts is not null)
            Cuts.AddAll(cuts);
        Sanitized += sanitized;
        Returned++;
    }

    public void AddOnApproval(ReadOnlySpan<byte> row, CutList cuts, int sanitized)
    {
        var mark = new Mark(_rows.Length, Returned, Sanitized, Cuts.Mark);
        Add(row, cuts, sanitized);
        if (_approved is null)
            (_approved, _firstOnApproval) = (mark, new Mark(_rows.Length, Returned, Sanitized, Cuts.Mark));
    }

    /// <summary>
    /// Drops the rows on approval. When these are all there are, the first of them goes into
    /// <paramref name="firstRow"/>: room must be found for it after all, and what was counted for it stays counted.
    /// </summary>
    public void DropRowsOnApproval(PooledBuffer firstRow)
    {
        var kept = _approved!.Value;
        if (kept.Returned == 0)
            firstRow.Add(Rows[.._firstOnApproval.Length]);
        var counted = kept.Returned == 0 ? _firstOnApproval : kept;
        _rows.Truncate(kept.Length);
        Cuts.Restore(counted.Cuts);
        (Returned, Sanitized, _approved) = (kept.Returned, counted.Sanitized, null);
    }

    public void Dispose()
    {
        _name.Dispose();
        _rows.Dispose();
    }

    private readonly record struct Mark(int Length, long Returned, int Sanitized, (int Count, long More) Cuts);
}
