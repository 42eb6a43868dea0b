using System.Buffers;
using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Audit.Canonical;

namespace Sallyport.Tests.Gateway.Audit.Canonical;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : 2, "a" : 1 }""", """{"a":1,"b":2}""")]
    [InlineData("""[ true, false, null, [ ], { } ]""", """[true,false,null,[],{}]""")]
    [InlineData("""{"z":{"b":[{"d":1,"c":2}],"a":0}}""", """{"z":{"a":0,"b":[{"c":2,"d":1}]}}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""", """{"a":2}""")]
    public void Members_are_sorted_and_white_space_is_gone(string json, string canonical) => Assert.Equal(canonical, Canonical(json));

    [Fact]
    public void Names_are_sorted_by_utf16_code_units() => Assert.Equal(
        "{\"\\r\":1,\"1\":2,\"\u0080\":3,\"\u00f6\":4,\"\u20ac\":5,\"\U0001f600\":6,\"\ufb33\":7}",
        Canonical("""{"\u20ac":5,"\r":1,"\ufb33":7,"1":2,"\ud83d\ude00":6,"\u0080":3,"\u00f6":4}"""));

    [Theory]
    [InlineData("""  "\u0041\/\b\f\n\r\t\"\\" """, """
        "A/\b\f\n\r\t\"\\"
        """)]
    [InlineData("""  "\u0000\u001F\u007f" """, "\"\\u0000\\u001f\u007f\"")]
    [InlineData("""  "\u20ac\ud83d\ude00" """, "\"€😀\"")]
    [InlineData("""  "€😀é" """, "\"€😀é\"")]
    [InlineData("""  "\u2028<&'" """, "\"\u2028<&'\"")]
    [InlineData("""  "a\ud800b" """, "\"a\ufffdb\"")]
    public void Text_has_one_spelling(string json, string canonical) => Assert.Equal(canonical, Canonical(json));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("1e3", "1000")]
    [InlineData("1E-7", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.1", "0.1")]
    [InlineData("4.35", "4.35")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("295147905179352830000.0", "295147905179352830000")]
    [InlineData("9.999999999999997e22", "9.999999999999997e+22")]
    [InlineData("1e23", "1e+23")]
    [InlineData("999999999999999700000.0", "999999999999999700000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("9.999999999999997e-7", "9.999999999999997e-7")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("-999999999999999", "-999999999999999")]
    public void Numbers_are_written_as_ECMAScript_does(string json, string canonical) => Assert.Equal(canonical, Canonical(json));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-12345678901234567890")]
    [InlineData("1e400")]
    public void A_number_that_would_be_rounded_is_kept_as_text(string json) => Assert.Equal($"\"{json}\"", Canonical(json));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_replaced() =>
        Assert.Equal("\"a\ufffdb\"", Canonical([(byte)'"', (byte)'a', 0xff, (byte)'b', (byte)'"']));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("not json")]
    public void What_is_not_JSON_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Canonical(json));

    [Fact]
    public void Canonical_form_is_its_own_canonical_form()
    {
        var random = new Random(20260102);
        for (var i = 0; i < 2000; i++)
        {
            var once = Canonical(RandomJson(random, depth: 0));
            Assert.Equal(once, Canonical(once));
        }
    }

    [Fact]
    public void A_number_keeps_its_value()
    {
        var random = new Random(20260103);
        Span<byte> text = stackalloc byte[EcmaNumber.MaxLength];
        for (var i = 0; i < 20000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value)) continue;
            var length = EcmaNumber.Format(value, text);
            Assert.Equal(value, double.Parse(text[..length], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth > 3 ? 4 : 6) switch
    {
        0 => random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
        1 => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        2 => (random.NextDouble() * Math.Pow(10, random.Next(-30, 30))).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        3 => JsonSerializer.Serialize(RandomText(random)),
        4 => $"[{string.Join(" , ", Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"{JsonSerializer.Serialize(RandomText(random))} : {RandomJson(random, depth + 1)}"))}}}",
    };

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => char.ConvertFromUtf32(random.Next(4) switch
        {
            0 => random.Next(0x20),
            1 => random.Next(0x20, 0x7f),
            2 => random.Next(0xe000, 0xffff),
            _ => random.Next(0x10000, 0x10ffff),
        })));

    private static string Canonical(string json) => Canonical(Encoding.UTF8.GetBytes(json));

    private static string Canonical(byte[] json)
    {
        var canonical = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(canonical, json);
        return Encoding.UTF8.GetString(canonical.WrittenSpan);
    }
}
