using Sallyport.Gateway.Shaping.Values;

namespace Sallyport.Gateway.Shaping.Writing;

/// <summary>
/// Keeps a result within its budget while members and rows come in. As long as everything fits, nothing is reserved;
/// once something does not, the result is settled: room is kept for saying what was left out, and stays kept.
/// </summary>
internal sealed class ResultBuilder(ShapeOptions options, ResultFrame frame) : IDisposable
{
    // A null, or an empty object or array, and a little.
    private const int LeastRoom = 4;
    private const int RoomForOneRow = 16;

    private readonly MemberList _before = new();
    private readonly MemberList _after = new();
    private readonly RowList _rows = new();
    private readonly ValueWriter _scratch = new(frame.WarningRoom);
    private readonly PooledBuffer _firstRow = new();
    private readonly int _room = frame.SettledRoom;
    private CapReason? _reason;
    private bool _isSettled;
    private bool _isLastRowTaken;

    /// <summary>Rows seen, those already delivered included.</summary>
    public long Total { get; set; }

    public long Returned => _rows.Returned;

    /// <summary>The rows' member once it has been opened.</summary>
    public ReadOnlySpan<byte> RowsName => _rows.Name;

    private int RowRoom => _room - frame.LateRoom;

    public void AddMember(ReadOnlySpan<byte> name, ValueWriter value)
    {
        var list = _rows.IsOpened ? _after : _before;
        var length = list.LengthWith(name, value);
        var sanitized = Sanitized + value.Sanitized;
        var isFitting = _rows.IsOpened
            ? Fits(_before.Length, _rows.Length, length, sanitized, value.Cuts)
            : Fits(length, 0, 0, sanitized, value.Cuts);
        if (isFitting)
        {
            list.Add(name, value);
            return;
        }

        Settle();
        var room = _rows.IsOpened ? _room - _before.Length - _rows.Length : _room;
        list.AddWithin(name, value, room, frame.WarningRoom, _scratch);
    }

    public void OpenRows(ReadOnlySpan<byte> name, bool isNameChanged)
    {
        _rows.Open(name, isNameChanged);
        if (_isSettled)
            KeepRoom();
        else if (!Fits(_before.Length, _rows.Length, 0, Sanitized, _rows.Cuts))
            Settle();
    }

    /// <summary>Asks before a row is read: after the last one that has room, rows are only counted.</summary>
    public bool TakesRow()
    {
        if (!_isLastRowTaken && _rows.Returned == options.MaxRows)
        {
            Settle();
            Stop(CapReason.Rows);
        }

        return !_isLastRowTaken;
    }

    public void AddRow(ValueWriter row)
    {
        var length = _rows.LengthWith(row.Json.Length);
        var isSafe = _before.Length + length <= RowRoom;
        if (!Fits(_before.Length, length, 0, Sanitized + row.Sanitized, row.Cuts) || (!isSafe && _isSettled))
        {
            Settle();
            if (_rows.Returned > 0)
                Stop(CapReason.Bytes);
            else
                AddFirstRow(row.Json, row.Cuts, row.Sanitized);
        }
        else if (isSafe)
        {
            _rows.Add(row.Json, row.Cuts, row.Sanitized);
        }
        else
        {
            _rows.AddOnApproval(row.Json, row.Cuts, row.Sanitized);
        }
    }

    public ShapedResult Finish(long sourceBytes)
    {
        using var json = new PooledBuffer();
        json.Add((byte)'{');
        frame.WriteHead(json);
        AddPart(json, _before.Members);
        if (_rows.IsOpened)
        {
            JsonText.Name(json, _rows.Name);
            json.Add((byte)'[');
            json.Add(_rows.Rows);
            json.Add((byte)']');
        }

        AddPart(json, _after.Members);
        if (Sanitized > 0)
            ResultFrame.WriteSanitized(json, Sanitized);

        var delivered = options.Skip + Returned;
        var next = delivered < Total ? options.Next?.Invoke(delivered) : null;
        if (next?.Length > options.MaxNextBytes)
            throw new InvalidOperationException("A cursor is longer than the options promised.");
        var cuts = AllCuts();
        var isCapped = _reason is not null || !cuts.IsEmpty;
        if (isCapped)
            frame.WriteCapped(json, _reason ?? CapReason.Text, Returned, Total, next, cuts);
        json.Add((byte)'}');

        var length = json.Length;
        return new ShapedResult(json.Detach(), length)
        {
            Returned = Returned,
            Total = Total,
            IsCapped = isCapped,
            Next = next,
            Sanitized = Sanitized,
            SourceBytes = sourceBytes,
        };
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
        _rows.Dispose();
        _scratch.Dispose();
        _firstRow.Dispose();
    }

    private int Sanitized => _before.Sanitized + _rows.Sanitized + _after.Sanitized;

    private bool HasCuts => !_before.Cuts.IsEmpty || !_rows.Cuts.IsEmpty || !_after.Cuts.IsEmpty;

    private bool Fits(int before, int rows, int after, int sanitized, CutList cuts) =>
        frame.Length(before, rows, after, sanitized, _isSettled || HasCuts || !cuts.IsEmpty) <= options.MaxBytes;

    // From here on the result will say what it lacks; whatever stands in the way of that room is taken back.
    private void Settle()
    {
        if (_isSettled)
            return;
        _isSettled = true;
        if (!_rows.HasRowsOnApproval)
        {
            KeepRoom();
            return;
        }

        var returned = _rows.Returned;
        _rows.DropRowsOnApproval(_firstRow);
        KeepRoom();
        if (_firstRow.Length > 0)
            AddFirstRow(_firstRow.Written, cuts: null, sanitized: 0);
        if (_rows.Returned < returned)
            Stop(CapReason.Bytes);
    }

    private void KeepRoom()
    {
        var room = (_rows.IsOpened ? RowRoom : _room) - _rows.Length;
        if (_rows.Returned == 0)
            RequireRoom(room);
        _before.Shrink(room, frame.WarningRoom, _scratch);
    }

    // A page without a row would be asked for again for ever: the first row goes in, cut if need be.
    private void AddFirstRow(ReadOnlySpan<byte> row, CutList? cuts, int sanitized)
    {
        var room = RowRoom - _rows.LengthWith(0);
        if (_before.Length + row.Length > room)
            _before.Shrink(Math.Min(room / 2, room - RoomForOneRow), frame.WarningRoom, _scratch);
        room -= _before.Length;
        if (row.Length <= room)
        {
            _rows.Add(row, cuts, sanitized);
            return;
        }

        RequireRoom(room);
        ValueFitter.Fit(_rows.Name, 0, row, room, frame.WarningRoom, _scratch);
        if (cuts is not null)
            _scratch.Cuts.AddAll(cuts);
        _rows.Add(_scratch.Json, _scratch.Cuts, sanitized);
        Stop(CapReason.Text);
    }

    private void RequireRoom(int room)
    {
        if (room < LeastRoom)
            throw new ShapingException(ShapingFailure.BudgetTooSmall, $"A budget of {options.MaxBytes} bytes has no room for any of this answer.");
    }

    private void Stop(CapReason reason)
    {
        _isLastRowTaken = true;
        _reason ??= reason;
    }

    private CutList AllCuts()
    {
        if (_rows.Cuts.IsEmpty && _after.Cuts.IsEmpty)
            return _before.Cuts;
        var all = new CutList();
        all.AddAll(_before.Cuts);
        all.AddAll(_rows.Cuts);
        all.AddAll(_after.Cuts);
        return all;
    }

    private static void AddPart(PooledBuffer json, ReadOnlySpan<byte> members)
    {
        if (members.IsEmpty)
            return;
        JsonText.Separate(json);
        json.Add(members);
    }
}
