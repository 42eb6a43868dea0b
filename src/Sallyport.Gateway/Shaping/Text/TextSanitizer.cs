using System.Buffers;
using System.Text;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Text;

/// <summary>
/// Cleans platform text of everything hidden and hostile (<see cref="RuneRules"/>, <see cref="AnsiSequence"/>) and hands
/// it back ready to stand between quotes. Plain ASCII passes untouched and uncopied.
/// </summary>
internal sealed class TextSanitizer(TextLimits limits) : IDisposable
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', 0x7F - ' ').Select(value => (byte)value).Where(value => value is not (byte)'"' and not (byte)'\\')]);

    private readonly PooledBuffer _text = new();
    private readonly PooledBuffer _name = new();

    /// <summary>The clean form of a string's content, valid until the next call. New lines become <c>\n</c>, which is no change worth telling.</summary>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> raw, bool isEscaped, out bool isChanged)
    {
        isChanged = false;
        if (raw.Length <= limits.MostRawBytes && !raw.ContainsAnyExcept(Plain))
            return raw;
        _text.Truncate(0);
        var kept = raw.Length <= limits.MostRawBytes ? raw.Length : RawText.Boundary(raw, isEscaped, limits.KeptRawBytes);
        isChanged = Write(raw[..kept], isEscaped);
        if (kept < raw.Length)
        {
            var skipped = new SkippedText();
            skipped.Skip(raw[kept..]);
            TextCut.AddSuffix(_text, skipped.Characters);
        }

        return _text.Written;
    }

    /// <summary>The clean form of a member name; a name of absurd length is cut, and that counts as a change.</summary>
    public ReadOnlySpan<byte> CleanName(ReadOnlySpan<byte> raw, bool isEscaped, bool atTop, out bool isChanged)
    {
        var name = Clean(raw, isEscaped, out isChanged);
        var isReserved = GateWords.IsReserved(name, atTop);
        if (!isReserved && name.Length <= TextLimits.MostNameBytes)
            return name;
        isChanged = true;
        _name.Truncate(0);
        if (isReserved)
        {
            _name.Add(GateWords.RenamePrefix);
            _name.Add(name);
        }
        else
        {
            TextCut.Add(_name, name, TextLimits.MostNameBytes);
        }

        return _name.Written;
    }

    public void Dispose()
    {
        _text.Dispose();
        _name.Dispose();
    }

    private bool Write(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        var isChanged = false;
        var isUnterminated = false;
        var isVaried = false;
        for (var position = 0; position < raw.Length;)
        {
            var run = raw[position..].IndexOfAnyExcept(Plain);
            if (run != 0)
            {
                run = run < 0 ? raw.Length - position : run;
                _text.Add(raw.Slice(position, run));
                position += run;
                isVaried = false;
                continue;
            }

            var rune = RawText.Next(raw, isEscaped, ref position, out var isValid);
            isChanged |= !isValid;
            if (rune.Value == '\r')
            {
                var next = position;
                if (position == raw.Length || RawText.Next(raw, isEscaped, ref next, out _).Value != '\n')
                    Add(new Rune('\n'));
            }
            else if (AnsiSequence.Starts(rune))
            {
                position = AnsiSequence.End(raw, isEscaped, position, rune, ref isUnterminated);
                isChanged = true;
            }
            else if (RuneRules.IsAllowed(rune) && !(isVaried && RuneRules.IsVariationSelector(rune)))
            {
                Add(rune);
                isVaried = RuneRules.IsVariationSelector(rune);
            }
            else
            {
                isChanged = true;
            }
        }

        return isChanged;
    }

    private void Add(Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                _text.Add("\\\""u8);
                break;
            case '\\':
                _text.Add("\\\\"u8);
                break;
            case '\n':
                _text.Add("\\n"u8);
                break;
            case '\t':
                _text.Add("\\t"u8);
                break;
            default:
                _text.Commit(rune.EncodeToUtf8(_text.Reserve(4)));
                break;
        }
    }
}
