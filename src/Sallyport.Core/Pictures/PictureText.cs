using System.Globalization;
using System.Text;

namespace Sallyport.Core.Pictures;

/// <summary>Makes text that attackers may have written fit for a picture: only letters that are what they look like, and not many.</summary>
public static class PictureText
{
    public static string Clean(string? text, int mostLetters)
    {
        var clean = new StringBuilder();
        var letters = 0;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (!IsShown(rune))
                continue;
            if (letters++ == mostLetters)
            {
                clean.Append('…');
                break;
            }

            clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    /// <summary>For text and attributes of XML alike.</summary>
    public static string Escape(string clean) => clean
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    private static bool IsShown(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
