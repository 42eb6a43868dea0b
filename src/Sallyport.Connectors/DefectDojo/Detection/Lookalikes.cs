using System.Collections.Frozen;
using System.Text;

namespace Sallyport.Connectors.DefectDojo.Detection;

/// <summary>
/// Reads letters of other alphabets and styles as the plain letter they look like, for recognising only. Written out,
/// because a program without culture tables leaves every letter beyond ASCII as it is when it normalizes.
/// </summary>
internal static class Lookalikes
{
    /// <summary>Alphabets that lie in one piece: first code point, how many, and the plain letter or digit of the first.</summary>
    private static readonly (int First, int Count, char Plain)[] Rows =
    [
        (0xFF01, 94, '!'), (0x24B6, 26, 'a'), (0x24D0, 26, 'a'), (0x249C, 26, 'a'), (0x1F110, 26, 'a'), (0x1F130, 26, 'a'), (0x1F150, 26, 'a'),
        (0x1F170, 26, 'a'), (0x1F1E6, 26, 'a'),
    ];

    /// <summary>What looks like each letter: Cyrillic, Greek, Latin with marks, small capitals, script and double-struck letters.</summary>
    private static readonly (string Plain, string Alike)[] Letters =
    [
        ("a", "аАαΑàáâãäåāăąǎȁȃạảấầẩẫậắằẳẵặÀÁÂÃÄÅĀĂĄǍẠẢɑᴀªᵃₐ"), ("b", "ВвЬьΒβЪƄʙᴮᵇℬ"), ("c", "сСϲçćĉċčÇĆĈĊČᴄⅽⅭℂℭᶜ"), ("d", "ԁďđĎĐᴅⅾⅮⅆᵈ"),
        ("e", "еЕёЁєεΕèéêëēĕėęěẹẻẽếềểễệÈÉÊËĒĔĖĘĚẸẺẼᴇℯℰᵉₑ"), ("f", "ϝғƒꜰℱᶠ"), ("g", "ɡԍĝğġģĜĞĠĢɢℊᵍ"), ("h", "һНнΗĥħĤĦʜℋℌℍℎʰₕ"),
        ("i", "іІїЇιΙìíîïĩīĭįıỉịÌÍÎÏĨĪĬĮİɪℐℑℹⅰⅠⁱᵢ"), ("j", "јЈĵĴᴊʲⱼ"), ("k", "кКκΚķĶᴋᵏₖ"), ("l", "ӏӀĺļľŀłĹĻĽŁʟℒℓⅼⅬˡₗ"), ("m", "мМΜᴍⅿⅯℳᵐₘ"),
        ("n", "ηΝпñńņňŉÑŃŅŇɴℕⁿₙ"), ("o", "оОοΟσòóôõöøōŏőơọỏốồổỗộớờởỡợÒÓÔÕÖØŌŎŐƠỌỎᴏºℴᵒₒ"), ("p", "рРρΡþᴘℙᵖₚ"), ("q", "ԛℚ"),
        ("r", "гŕŗřŔŖŘʀℛℜℝʳᵣ"), ("s", "ѕЅśŝşšșŚŜŞŠȘſꜱˢₛ"), ("t", "тТτΤţťŧțŢŤŦȚᴛᵗₜ"), ("u", "υцùúûüũūŭůűųưụủứừửữựÙÚÛÜŨŪŬŮŰŲƯỤỦᴜᵘᵤ"),
        ("v", "ѵνᴠⅴⅤᵛᵥ"), ("w", "ԝωшŵŴᴡʷ"), ("x", "хХχΧⅹⅩˣₓ"), ("y", "уУүҮγΥýÿŷỳỵỷỹÝŸŶʏ"), ("z", "źżžŹŻŽΖᴢℤℨ"),
        ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ffi", "ﬃ"), ("ffl", "ﬄ"), ("st", "ﬅﬆ"), ("'", "’‘ʼ′´"), ("\"", "“”„″"), (":", "∶꞉ː﹕"), ("<", "‹〈"), (">", "›〉"),
        ("(", "﹙"), ("|", "ǀ∣"), ("_", "‿"),
    ];

    private static readonly FrozenDictionary<int, string> Plain = Letters
        .SelectMany(static letter => letter.Alike.EnumerateRunes().Select(rune => (rune.Value, letter.Plain)))
        .DistinctBy(static pair => pair.Value).ToFrozenDictionary(static pair => pair.Value, static pair => pair.Plain);

    public static void Append(StringBuilder text, Rune rune)
    {
        if (rune.IsAscii)
            text.Append((char)rune.Value);
        else if (Plain.TryGetValue(rune.Value, out var letter))
            text.Append(letter);
        else if (Mathematical(rune.Value) is { } styled)
            text.Append(styled);
        else if (Array.Find(Rows, row => rune.Value >= row.First && rune.Value < row.First + row.Count) is { Count: > 0 } row)
            text.Append((char)(row.Plain + rune.Value - row.First));
        else
            text.Append(rune.ToString());
    }

    /// <summary>Bold, italic, script, Gothic and the like: the alphabet over and over, large letters and then small ones, and digits at the end.</summary>
    private static char? Mathematical(int rune) => rune switch
    {
        >= 0x1D400 and <= 0x1D6A3 => (char)('a' + ((rune - 0x1D400) % 26)),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((rune - 0x1D7CE) % 10)),
        _ => null,
    };
}
