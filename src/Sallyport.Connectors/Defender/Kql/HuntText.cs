using System.Globalization;
using System.Text;

namespace Sallyport.Connectors.Defender.Kql;

/// <summary>A hunting query without characters that nobody sees; the cleaned text is what is checked and what is sent.</summary>
/// <param name="Changed">Whether anything but blanks at the ends was removed.</param>
internal readonly record struct HuntText(string Text, bool Changed)
{
    /// <summary>Removes control, format, private and unassigned characters but line feed and tab; line separators become line feeds.</summary>
    public static HuntText Clean(string text)
    {
        var trimmed = text.Trim();
        var kept = new StringBuilder(trimmed.Length);
        var changed = false;
        foreach (var rune in trimmed.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
            {
                kept.Append((char)rune.Value);
                continue;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    changed = true;
                    break;
                // One reader ends a comment here and another does not.
                case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    kept.Append('\n');
                    changed = true;
                    break;
                default:
                    kept.Append(rune.ToString());
                    break;
            }
        }

        return new HuntText(kept.ToString().Trim(), changed);
    }
}
