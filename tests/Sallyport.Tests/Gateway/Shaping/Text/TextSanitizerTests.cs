using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Tests.Gateway.Shaping.Text;

public sealed class TextSanitizerTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("plain text 123 ~!")]
    [InlineData("tab\tand\nline")]
    [InlineData("\"quoted\" \\ back/slash")]
    [InlineData("漢字かな 한국어 עברית العربية हिन्दी ไทย")]
    [InlineData("😀 👍🏽 ❤️ 🇩🇪 1️⃣ ☎️")]
    [InlineData("e\u0301 \u2028 \u00a0 \u3000 ½ € ™")]
    [InlineData("\uFFFD as sent")]
    public void Ordinary_text_of_any_language_stays(string text)
    {
        var (clean, changed) = Clean(text);

        Assert.Equal(text, clean);
        Assert.Equal(0, changed);
    }

    [Theory]
    [InlineData("a\u0000b\u0001c\u001fd", "abcd")]
    [InlineData("a\u007fb\u0080c\u009fd", "abcd")]
    [InlineData("a\bb\fc\vd", "abcd")]
    [InlineData("a\u200b\u200c\u200d\u200e\u200fb", "ab")]
    [InlineData("a\u202a\u202b\u202c\u202d\u202eb", "ab")]
    [InlineData("a\u2060\u2061\u2062\u2063\u2064b", "ab")]
    [InlineData("a\u2066\u2067\u2068\u2069b", "ab")]
    [InlineData("a\ufeffb\u00adc", "abc")]
    [InlineData("a\U000E0001\U000E0041\U000E007Fb", "ab")]
    [InlineData("a\ue000b\U000F0000c\U0010FFFDd", "abcd")]
    [InlineData("a\uffffb\u0378c\U000E0200d", "abcd")]
    [InlineData("👩\u200d💻", "👩💻")]
    [InlineData("x\U000E0100\U000E01EFy", "xy")]
    [InlineData("❤\ufe0f\ufe01\ufe02!", "❤\ufe0f!")]
    public void What_a_person_would_not_see_is_removed(string text, string expected)
    {
        var (clean, changed) = Clean(text);

        Assert.Equal(expected, clean);
        Assert.Equal(1, changed);
    }

    [Theory]
    [InlineData("a\u001b[31mred\u001b[0m", "ared")]
    [InlineData("\u001b[2J\u001b[1;1Hgone", "gone")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001bP1$q\u001b\\done", "done")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("\u009d0;title\u009ctext", "text")]
    [InlineData("\u001b(Btext\u001bc", "text")]
    [InlineData("\u001b]0;never ended", "0;never ended")]
    [InlineData("\u001b[12", "")]
    [InlineData("\u001b[31\nm", "\nm")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b\u001b[1mx", "x")]
    [InlineData("\u001b漢", "漢")]
    public void Terminal_sequences_are_removed_whole(string text, string expected)
    {
        var (clean, changed) = Clean(text);

        Assert.Equal(expected, clean);
        Assert.Equal(1, changed);
    }

    [Theory]
    [InlineData("a\r\nb\rc\n\rd\r", "a\nb\nc\n\nd\n")]
    [InlineData("\r\r\n", "\n\n")]
    public void Line_ends_become_new_lines_and_that_is_no_change_worth_telling(string text, string expected) =>
        Assert.Equal((expected, 0), Clean(text));

    [Theory]
    [InlineData("\\ud800", "\uFFFD")]
    [InlineData("\\udc00x", "\uFFFDx")]
    [InlineData("\\ud800\\ud83d\\ude00", "\uFFFD😀")]
    [InlineData("\\ud83dx\\ude00", "\uFFFDx\uFFFD")]
    [InlineData("\\ud83d\\n", "\uFFFD\n")]
    [InlineData("\\uD83D\\uDE00", "😀")]
    public void Half_a_surrogate_pair_becomes_a_replacement_character(string escaped, string expected) =>
        Assert.Equal(expected, Shaped.Of($$"""{"t":"{{escaped}}"}""").Json.GetProperty("t").GetString());

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xE6, 0xBC })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public void Bytes_that_are_no_utf8_become_replacement_characters(byte[] broken)
    {
        var shaped = Shaped.Of([.. "{\"a\":\"x"u8, .. broken, .. "y\",\"b\":1}"u8]);

        Assert.Matches("^x\uFFFD+y$", shaped.Json.GetProperty("a").GetString());
        Assert.Equal(1, shaped.Sanitized);
    }

    [Fact]
    public void Names_are_cleaned_as_values_are() =>
        Assert.Equal(
            """{"admin":1,"o@odata.type":2,"_sanitized":2}""",
            Shaped.Of("""{"ad\u202emin":1,"\u001b[1mo@odata.type":2}""").Text);

    [Fact]
    public void Each_changed_value_counts_once() =>
        Assert.Equal(3, Shaped.Of("""["\u0000\u0001","ok",{"\u0002":"\u0003"}]""").Sanitized);

    [Fact]
    public void Whatever_comes_in_only_allowed_characters_go_out_and_nothing_changes_the_second_time()
    {
        var random = new RandomJson(7);
        for (var round = 0; round < 500; round++)
        {
            var text = new StringBuilder();
            for (var letter = random.Below(12); letter >= 0; letter--)
            {
                var value = random.Below(3) switch { 0 => random.Below(0x100), 1 => 0x2000 + random.Below(0x70), _ => random.Below(0x110000) };
                text.Append(Rune.TryCreate(value, out var rune) ? rune.ToString() : "\u001b[");
            }

            var (clean, _) = Clean(text.ToString());
            Assert.All(clean.EnumerateRunes(), rune => Assert.True(IsFine(rune), $"{rune.Value:X} of {JsonSerializer.Serialize(text.ToString())}"));
            Assert.Equal((clean, 0), Clean(clean));
        }
    }

    [Fact]
    public void Many_sequences_without_an_end_do_not_take_long_to_pass()
    {
        var (clean, changed) = Clean(string.Concat(Enumerable.Repeat("\u001b]", 8000)) + "x");

        Assert.Equal("x", clean);
        Assert.Equal(1, changed);
    }

    private static bool IsFine(Rune rune) => rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    // As it stands and with everything escaped: a platform may send either.
    private static (string Clean, int Changed) Clean(string text)
    {
        var escaped = Shaped.Of($$"""{"t":"{{string.Concat(text.Select(unit => $"\\u{(int)unit:x4}"))}}"}""");
        var literal = Shaped.OfStream(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["t"] = text },
            Relaxed)), new ShapeOptions());
        Assert.Equal(escaped.Text, literal.Text);
        return (escaped.Json.GetProperty("t").GetString()!, escaped.Sanitized);
    }
}
