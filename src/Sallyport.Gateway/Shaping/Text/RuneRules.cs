using System.Globalization;
using System.Text;

namespace Sallyport.Gateway.Shaping.Text;

/// <summary>
/// Says which characters may reach a model. Everything that a person would not see but a model would read goes: control
/// characters, all format characters (zero-width, bidi controls, soft hyphen, tags), private use and unassigned code
/// points, and the variation selectors that can carry bytes. Joined emoji therefore fall into their parts; single
/// emoji, right-to-left text and every script stay.
/// </summary>
internal static class RuneRules
{
    public static bool IsAllowed(Rune rune)
    {
        if (rune.IsAscii)
            return rune.Value is (>= ' ' and < 0x7F) or '\n' or '\t';
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
            UnicodeCategory.NonSpacingMark => rune.Value is < 0xE0100 or > 0xE01EF,
            _ => true,
        };
    }

    /// <summary>A variation selector is welcome after the character it varies; a row of them is a hidden message.</summary>
    public static bool IsVariationSelector(Rune rune) => rune.Value is >= 0xFE00 and <= 0xFE0F;
}
