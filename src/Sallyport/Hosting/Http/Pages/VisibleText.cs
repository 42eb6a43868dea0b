using System.Globalization;
using System.Text;

namespace Sallyport.Hosting.Http.Pages;

/// <summary>Text of a stranger as a person must see it: what is invisible, or turns the direction of writing, is spelled out.</summary>
internal static class VisibleText
{
    public static Html Of(string text)
    {
        Html all = $"";
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
            {
                plain.Append(rune.ToString());
                continue;
            }

            all.AppendFormatted(plain.ToString());
            plain.Clear();
            Html hidden = $"<mark>U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}</mark>";
            all.AppendFormatted(hidden);
        }

        all.AppendFormatted(plain.ToString());
        return all;
    }

    private static bool IsPlain(Rune rune) => rune.Value is ' ' or '\n' or '\t' || (Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) && !IsSelector(rune.Value) && rune != Rune.ReplacementChar);

    /// <summary>Variation selectors and other marks that show nothing of their own, in which text can hide.</summary>
    private static bool IsSelector(int value)
        => value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or 0xFFA0 or 0x2800;
}
