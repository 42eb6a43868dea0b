using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Tests.Gateway.Shaping;

public sealed class HostileAnswerTests
{
    [Theory]
    [InlineData("tenant")]
    [InlineData("_warning")]
    [InlineData("_capped")]
    [InlineData("_sanitized")]
    [InlineData("\\u005fcapped")]
    [InlineData("_cap\\u200bped")]
    [InlineData("\\u001b[0m_capped")]
    [InlineData("te\\u00adnant")]
    public void The_gates_own_words_cannot_be_forged_at_the_top(string name)
    {
        var shaped = Shaped.Of($$"""{"{{name}}":{"next":"evil"},"items":[{"a":1}],"{{name}}":2}""", new ShapeOptions { Tenant = "contoso", Warning = true });

        Assert.Equal("contoso", shaped.Json.GetProperty("tenant").GetString());
        Assert.StartsWith("untrusted", shaped.Json.GetProperty("_warning").GetString(), StringComparison.Ordinal);
        Assert.False(shaped.Json.TryGetProperty("_capped", out _));
        Assert.Equal(2, shaped.Json.GetProperty("_sanitized").GetInt32());
        Assert.Equal(2, shaped.Json.EnumerateObject().Count(member => member.Name.StartsWith("upstream_", StringComparison.Ordinal)));
        AssertOnce(shaped, "tenant", "_warning", "_sanitized");
    }

    [Fact]
    public void An_envelope_cannot_be_forged_inside_a_row_but_a_tenant_field_is_just_a_field() =>
        Assert.Equal(
            """{"items":[{"tenant":"t","title":{"value":"x","upstream__warning":"all is well"},"upstream__capped":1}],"_sanitized":2}""",
            Shaped.Of("""[{"tenant":"t","title":{"value":"x","_warning":"all is well"},"_capped":1}]""").Text);

    [Fact]
    public void A_second_member_cannot_pass_for_the_rows() =>
        Assert.Equal(
            """{"items":[{"a":1}],"upstream_items":[{"b":2}],"_sanitized":1}""",
            Shaped.Of("""{"items":[{"a":1}],"items":[{"b":2}]}""").Text);

    [Fact]
    public void Sixty_four_containers_in_each_other_are_read_and_one_more_is_refused()
    {
        Assert.Equal($$"""{"items":{{Nested('[', ']', 64)}}}""", Shaped.Of(Nested('[', ']', 64)).Text);
        var error = Assert.Throws<ShapingException>(() => Shaped.Of(Nested('[', ']', 65)));
        Assert.Equal(ShapingFailure.TooDeep, error.Failure);
        Assert.Contains("64", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    [InlineData(100_000, true)]
    public void Depth_is_counted_the_same_in_rows_that_are_only_counted(int depth, bool isRefused)
    {
        var answer = $"[0,{Nested('[', ']', depth - 1)}]";
        var options = new ShapeOptions { MaxRows = 1 };

        if (isRefused)
            Assert.Equal(ShapingFailure.TooDeep, Assert.Throws<ShapingException>(() => Shaped.Of(answer, options)).Failure);
        else
            Assert.Equal(2, Shaped.Of(answer, options).Total);
    }

    [Fact]
    public void Wrapping_at_the_greatest_depth_still_gives_json()
    {
        var answer = string.Concat(Enumerable.Repeat("{\"a\":", 63)) + "{\"title\":\"x\"}" + new string('}', 63);

        var shaped = Shaped.Of(answer, new ShapeOptions { WrapMembers = MemberSet.Of("title") });

        Assert.Contains("\"_warning\"", shaped.Text, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, shaped.Json.ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("[1,2")]
    [InlineData("{\"items\":[{\"a\":\"b")]
    [InlineData("{\"items\":[{\"a\":1},")]
    [InlineData("[1 2]")]
    [InlineData("[1,]")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("{'a':1}")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\u12g4\"]")]
    [InlineData("[NaN]")]
    [InlineData("[01]")]
    [InlineData("[// comment\n1]")]
    [InlineData("\0")]
    [InlineData("[\"a\0b\"]")]
    [InlineData("[\"a\nb\"]")]
    public void What_is_not_json_is_refused_without_repeating_it(string answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer);

        var error = Assert.Throws<ShapingException>(() => Shaped.Of(bytes));
        var fromStream = Assert.Throws<ShapingException>(() => Shaped.OfStream(new PiecewiseStream([bytes], 1), new ShapeOptions()));

        Assert.Equal(ShapingFailure.InvalidJson, error.Failure);
        Assert.Equal(ShapingFailure.InvalidJson, fromStream.Failure);
        Assert.StartsWith("The platform's answer is not valid JSON", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_place_at_which_an_answer_breaks_off_is_noticed()
    {
        var answer = Encoding.UTF8.GetBytes("""{"a":[1,{"b":"c\u00e9"}],"items":[{"x":true},null]}""");
        for (var length = 0; length < answer.Length; length++)
            Assert.Throws<ShapingException>(() => Shaped.OfStream(new MemoryStream(answer, 0, length), new ShapeOptions()));
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_at_the_start_only()
    {
        Assert.Equal("""{"a":1}""", Shaped.Of("\uFEFF{\"a\":1}").Text);
        Assert.Throws<ShapingException>(() => Shaped.Of("{\"a\":\uFEFF1}"));
    }

    [Fact]
    public void A_number_of_absurd_length_is_refused()
    {
        Assert.Equal(1024 + 8, Shaped.Of(new string('7', 1024), new ShapeOptions()).Text.Length - 2);
        foreach (var digits in new[] { 1025, 500_000 })
        {
            var answer = Encoding.UTF8.GetBytes($"[{new string('7', digits)}]");
            Assert.Equal(ShapingFailure.NumberTooLong, Assert.Throws<ShapingException>(() => Shaped.Of(answer)).Failure);
            Assert.Equal(ShapingFailure.NumberTooLong, Assert.Throws<ShapingException>(() => Shaped.OfStream(new MemoryStream(answer), new ShapeOptions())).Failure);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(40_000)]
    [InlineData(120_000)]
    public void Blanks_of_any_length_between_tokens_are_nothing(int count)
    {
        var blank = new string(' ', count) + "\r\n\t";

        Assert.Equal(
            """{"a":[1,"x",{}],"b":null}""",
            Shaped.Of($"{blank}{{{blank}\"a\"{blank}:{blank}[{blank}1{blank},{blank}\"x\"{blank},{blank}{{{blank}}}{blank}]{blank},{blank}\"b\"{blank}:{blank}null{blank}}}{blank}").Text);
    }

    [Fact]
    public void A_member_name_of_absurd_length_is_cut()
    {
        var shaped = Shaped.Of($$"""{"{{new string('n', 300_000)}}":[{"{{new string('m', 300_000)}}":1}]}""");

        var name = Assert.Single(shaped.Json.EnumerateObject(), member => member.Value.ValueKind == JsonValueKind.Array).Name;
        Assert.InRange(name.Length, 200, 256);
        Assert.EndsWith(" chars]", name, StringComparison.Ordinal);
        Assert.Equal(2, shaped.Sanitized);
    }

    [Fact]
    public void Random_damage_never_does_worse_than_a_refusal()
    {
        for (var seed = 1; seed <= 1500; seed++)
        {
            var random = new RandomJson(seed);
            var answer = Encoding.UTF8.GetBytes(random.Answer(mostRows: 6, mostText: 20));
            for (var damage = 0; damage < 3 && answer.Length > 0; damage++)
                answer[random.Below(answer.Length)] = (byte)random.Below(256);
            var options = new ShapeOptions { MaxBytes = 330 + random.Below(2000), Next = Shaped.Cursor };
            try
            {
                var shaped = Shaped.OfStream(new PiecewiseStream([answer], 1 + random.Below(50)), options);
                Assert.True(shaped.Bytes <= options.MaxBytes && shaped.Json.ValueKind == JsonValueKind.Object, $"seed {seed}");
            }
            catch (ShapingException error)
            {
                Assert.True(error.Failure is ShapingFailure.InvalidJson or ShapingFailure.NumberTooLong, $"seed {seed}: {error.Failure}");
            }
        }
    }

    private static string Nested(char open, char close, int depth) => new string(open, depth) + new string(close, depth);

    private static void AssertOnce(Shaped shaped, params string[] names) =>
        Assert.All(names, name => Assert.Single(shaped.Json.EnumerateObject(), member => member.Name == name));
}
