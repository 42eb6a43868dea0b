using Sallyport.Gateway.Shaping.Text;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Values;

/// <summary>
/// Writes one JSON value into a bounded space. What finds no room is cut or left out, and said so in <see cref="Cuts"/>;
/// the JSON is complete whatever happens. Text comes in clean and escaped.
/// </summary>
/// <param name="warningRoom">Room held back so that an open envelope always gets its warning; 0 when nothing is wrapped.</param>
internal sealed class ValueWriter(int warningRoom) : IDisposable
{
    private readonly PooledBuffer _json = new();
    private readonly PooledBuffer _root = new();
    private ValueFrame[] _frames = new ValueFrame[8];
    private long _index;
    private int _room;
    private int _mostText;
    private int _depth;
    private int _leftOutDepth;
    private int _nameMark;
    private bool _isGateWord;

    public ReadOnlySpan<byte> Json => _json.Written;

    public CutList Cuts { get; } = new();

    /// <summary>How many values and names were changed by cleaning.</summary>
    public int Sanitized { get; private set; }

    /// <summary>Whether room has run out; everything after that is left out.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Starts a new value of at most <paramref name="room"/> bytes with strings of at most <paramref name="mostText"/>.</summary>
    public void Begin(ReadOnlySpan<byte> root, long index, int room, int mostText)
    {
        _json.Truncate(0);
        _root.Truncate(0);
        _root.Add(root);
        Cuts.Clear();
        (_index, _room, _mostText, _depth, _leftOutDepth, _nameMark, _isGateWord) = (index, room, mostText, 0, 0, -1, false);
        (Sanitized, IsFull) = (0, false);
    }

    public void Name(ReadOnlySpan<byte> name)
    {
        if (_leftOutDepth > 0)
            return;
        _isGateWord = name is [(byte)'_', ..] && name.SequenceEqual(GateWords.Warning);
        if (IsFull && !_isGateWord)
            return;
        _nameMark = _json.Length;
        JsonText.Name(_json, name);
        ref var frame = ref _frames[_depth - 1];
        (frame.NameStart, frame.NameLength) = (_json.Length - name.Length - 2, name.Length);
    }

    /// <summary>Unwrites the name just written: its value is not wanted after all.</summary>
    public void TakeBackName()
    {
        if (_nameMark >= 0)
            _json.Truncate(_nameMark);
        _nameMark = -1;
    }

    public void Start(bool isArray)
    {
        if (_leftOutDepth > 0 || !Admit(2))
        {
            _leftOutDepth++;
            return;
        }

        _json.Add(isArray ? (byte)'[' : (byte)'{');
        if (_depth == _frames.Length)
            Array.Resize(ref _frames, _depth * 2);
        _frames[_depth++] = new ValueFrame { IsArray = isArray };
    }

    public void End()
    {
        if (_leftOutDepth > 0)
        {
            _leftOutDepth--;
            return;
        }

        var closed = _frames[--_depth];
        if (closed.LeftOut > 0)
            AddCut(closed.LeftOut);
        _json.Add(closed.IsArray ? (byte)']' : (byte)'}');
    }

    /// <summary>A number, true, false or null, byte for byte.</summary>
    public void Literal(ReadOnlySpan<byte> literal)
    {
        if (_leftOutDepth == 0 && Admit(literal.Length))
            _json.Add(literal);
    }

    public void Text(ReadOnlySpan<byte> text)
    {
        if (_leftOutDepth > 0)
            return;
        if (_isGateWord)
        {
            JsonText.Quote(_json, text);
            (_isGateWord, _nameMark) = (false, -1);
            return;
        }

        var most = MostText(text.Length);
        if (text.Length <= most)
        {
            if (Admit(text.Length + 2))
                JsonText.Quote(_json, text);
        }
        else if (Admit(most + 2))
        {
            _json.Add((byte)'"');
            TextCut.Add(_json, text, most);
            _json.Add((byte)'"');
            AddCut(0);
        }
    }

    /// <summary>Counts the value or name just written as changed by cleaning.</summary>
    public void Count()
    {
        if (!IsFull)
            Sanitized++;
    }

    public void Dispose()
    {
        _json.Dispose();
        _root.Dispose();
    }

    private int Room() => _room - _json.Length - JsonText.CommaLength(_json) - (_depth > 0 ? _depth + warningRoom : 0);

    // The string that meets the wall gets half of what is left, so that the members after it still find some.
    private int MostText(int length)
    {
        var room = Room() - 2;
        if (IsFull || Math.Min(length, _mostText) <= room)
            return _mostText;
        return Math.Max(_depth > 0 ? room / 2 : room, TextCut.Least);
    }

    private bool Admit(int length)
    {
        if (IsFull || length > Room())
        {
            TakeBackName();
            IsFull = true;
            if (_depth > 0)
                _frames[_depth - 1].LeftOut++;
            return false;
        }

        JsonText.Separate(_json);
        _nameMark = -1;
        if (_depth > 0)
            _frames[_depth - 1].Count++;
        return true;
    }

    private void AddCut(long leftOut) => Cuts.Add(_root.Written, _index, _frames.AsSpan(0, _depth), Json, leftOut);
}
