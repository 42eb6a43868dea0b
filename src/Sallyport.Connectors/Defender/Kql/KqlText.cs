using System.Globalization;
using System.Text;

namespace Sallyport.Connectors.Defender.Kql;

/// <summary>Writes a caller's value into a query as a literal that stays one, whatever it holds.</summary>
internal static class KqlText
{
    /// <summary>A double-quoted literal: backslash, quotes and everything that is not printable ASCII are escaped.</summary>
    public static string Quote(string value)
    {
        var literal = new StringBuilder(value.Length + 2).Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\' or '\'')
                literal.Append('\\').Append(character);
            else if (character is >= ' ' and <= '~')
                literal.Append(character);
            else
                literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return literal.Append('"').ToString();
    }

    public static string Quote(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"datetime({time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff}Z)");
}
