using System.Buffers;
using System.Text;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Arguments;

/// <summary>Splits the compatible <c>extra_args</c> text into tokens and refuses whatever no option of ours could need.</summary>
internal static class ArgumentText
{
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create(";&|`$><");

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/=+,-@%_");

    /// <summary>Tokens as a POSIX shell would split them: blanks separate, quotes group, a backslash escapes.</summary>
    /// <param name="maxBytes">Longest text, in bytes of UTF-8.</param>
    public static IReadOnlyList<string> Split(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) > maxBytes)
            throw new InvalidArgumentsException($"extra_args is longer than {maxBytes} bytes.");
        // No shell ever runs. A character that only a shell would need says that someone tries to reach one.
        if (text.AsSpan().ContainsAny(ShellCharacters) || text.Any(c => c is < ' ' or > '~'))
            throw new InvalidArgumentsException("extra_args has a shell character, a control character or one outside ASCII.");
        return [.. Tokens(text)];
    }

    /// <summary>Whether the text is a token that may be passed on at all; which option it belongs to is decided elsewhere.</summary>
    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    private static IEnumerable<string> Tokens(string text)
    {
        var token = new StringBuilder();
        var began = false;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == text.Length) throw new InvalidArgumentsException("extra_args ends in a backslash.");
                token.Append(text[i]);
                began = true;
            }
            else if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && c is '"' or '\'')
            {
                quote = c;
                began = true;
            }
            else if (quote is null && c == ' ')
            {
                if (began) yield return Checked(token);
                began = false;
            }
            else
            {
                token.Append(c);
                began = true;
            }
        }

        if (quote is not null) throw new InvalidArgumentsException("extra_args has a quote that is not closed.");
        if (began) yield return Checked(token);
    }

    private static string Checked(StringBuilder token)
    {
        var text = token.ToString();
        token.Clear();
        return IsToken(text) ? text : throw new InvalidArgumentsException("extra_args has an empty token or one with a character that no option takes.");
    }
}
