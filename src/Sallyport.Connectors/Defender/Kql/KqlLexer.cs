using System.Globalization;
using System.Text;

namespace Sallyport.Connectors.Defender.Kql;

/// <summary>Takes a hunting query apart as the engine does: comments are gone, strings are one piece, the rest is code.</summary>
/// <remarks>
/// Literal forms: <c>"…"</c> and <c>'…'</c> with backslash escapes, <c>@"…"</c> with doubled quotes, an <c>h</c> or <c>H</c> before
/// either, and <c>```…```</c> or <c>~~~…~~~</c> over several lines. Comments run from <c>//</c> to the end of the line.
/// </remarks>
internal sealed class KqlLexer
{
    private static readonly string[] Symbols = ["..", "==", "!=", "<=", ">=", "=~", "!~", "=>", "<|"];

    private readonly string _text;
    private readonly List<KqlToken> _tokens = [];
    private int _at;

    private KqlLexer(string text) => _text = text;

    /// <summary>False when a literal does not end or the code holds a character that KQL does not use; then <paramref name="problem"/> says which.</summary>
    public static bool TryRead(string text, out IReadOnlyList<KqlToken> tokens, out string? problem)
    {
        var lexer = new KqlLexer(text);
        problem = lexer.ReadAll();
        tokens = lexer._tokens;
        return problem is null;
    }

    private string? ReadAll()
    {
        while (_at < _text.Length)
        {
            var start = _at;
            var problem = ReadOne();
            if (problem is not null)
                return problem;
            if (_at == start)
                throw new InvalidOperationException($"The lexer stands still at {start}.");
        }

        return null;
    }

    private string? ReadOne()
    {
        var current = _text[_at];
        if (char.IsWhiteSpace(current))
        {
            _at++;
            return null;
        }

        if (current == '/' && Peek(1) == '/')
        {
            var end = _text.IndexOf('\n', _at);
            _at = end < 0 ? _text.Length : end;
            return null;
        }

        if (StringPrefix() is { } prefix)
            return ReadString(prefix);
        if (char.IsAsciiDigit(current))
            return Take(KqlTokenKind.Number, NumberEnd(_at));
        if (current == '.' && char.IsAsciiDigit(Peek(1)) && !FollowsValue())
            return Take(KqlTokenKind.Number, NumberEnd(_at));
        if (IsWordStart(_at))
            return Take(KqlTokenKind.Word, WordEnd(_at));
        if (current > '~')
            return "the query's code holds a character that KQL does not use outside strings and comments";
        var symbol = Array.Find(Symbols, candidate => string.CompareOrdinal(_text, _at, candidate, 0, candidate.Length) == 0);
        return Take(KqlTokenKind.Symbol, _at + (symbol?.Length ?? 1));
    }

    /// <summary>Characters before the opening quote (0 to 2) when a string begins here.</summary>
    private int? StringPrefix()
    {
        var offset = _text[_at] is 'h' or 'H' ? 1 : 0;
        if (Peek(offset) == '@')
            offset++;
        if (Peek(offset) is '"' or '\'')
            return offset;
        return IsTriple(_at + offset) && (offset == 0 || _text[_at + offset - 1] != '@') ? offset : null;
    }

    private bool IsTriple(int at)
        => at + 2 < _text.Length && _text[at] is '`' or '~' && _text[at + 1] == _text[at] && _text[at + 2] == _text[at];

    private string? ReadString(int prefix)
    {
        var start = _at;
        var open = _at + prefix;
        var isVerbatim = prefix > 0 && _text[open - 1] == '@';
        var (first, close) = IsTriple(open)
            ? (open + 3, TripleEnd(open))
            : (open + 1, isVerbatim ? VerbatimEnd(open) : EscapedEnd(open));
        if (close < 0)
            return "the query has a string that does not end";
        _at = close + (first - open);
        _tokens.Add(new KqlToken(KqlTokenKind.String, _text[first..close], start, _at));
        return null;
    }

    private int TripleEnd(int open) => _text.IndexOf(_text.Substring(open, 3), open + 3, StringComparison.Ordinal);

    private int VerbatimEnd(int open)
    {
        for (var i = open + 1; i < _text.Length; i++)
        {
            if (_text[i] != _text[open])
                continue;
            if (i + 1 < _text.Length && _text[i + 1] == _text[open])
                i++;
            else
                return i;
        }

        return -1;
    }

    /// <summary>A plain string ends on its line; what the engine would refuse must not hide what follows.</summary>
    private int EscapedEnd(int open)
    {
        for (var i = open + 1; i < _text.Length && _text[i] != '\n'; i++)
        {
            if (_text[i] == '\\' && CharAt(i + 1) != '\n')
                i++;
            else if (_text[i] == _text[open])
                return i;
        }

        return -1;
    }

    /// <summary>After a value a dot is a member access or a range, as in <c>x.1</c>, and not the start of a number.</summary>
    private bool FollowsValue() => _tokens.Count > 0 && _tokens[^1] is var last && last.End == _at
        && (last.Kind != KqlTokenKind.Symbol || last.Text is ")" or "]");

    private int NumberEnd(int at)
    {
        var seenDot = false;
        for (; at < _text.Length; at++)
        {
            if (_text[at] == '.' && !seenDot && char.IsAsciiDigit(CharAt(at + 1)))
                seenDot = true;
            else if (!char.IsAsciiLetterOrDigit(_text[at]) && _text[at] != '_')
                break;
        }

        return at;
    }

    private bool IsWordStart(int at) => _text[at] is '_' or '$' || char.IsLetter(_text[at]) || IsAstralLetter(at);

    private int WordEnd(int at)
    {
        while (at < _text.Length)
        {
            if (IsAstralLetter(at))
                at += 2;
            else if (char.IsLetterOrDigit(_text[at]) || _text[at] is '_' or '$' || IsMark(_text[at]))
                at++;
            else
                break;
        }

        return at;
    }

    private bool IsAstralLetter(int at) => Rune.TryGetRuneAt(_text, at, out var rune) && rune.Utf16SequenceLength == 2 && Rune.IsLetter(rune);

    private static bool IsMark(char character)
        => CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private string? Take(KqlTokenKind kind, int end)
    {
        _tokens.Add(new KqlToken(kind, _text[_at..end], _at, end));
        _at = end;
        return null;
    }

    private char Peek(int offset) => CharAt(_at + offset);

    private char CharAt(int at) => at < _text.Length ? _text[at] : '\0';
}
