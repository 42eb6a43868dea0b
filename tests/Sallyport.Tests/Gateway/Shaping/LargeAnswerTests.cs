using System.Text;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Tests.Gateway.Shaping;

/// <summary>Answers that never exist as a whole: what is allocated for them must follow the budget, not their size.</summary>
public sealed class LargeAnswerTests
{
    private const int Budget = 100_000;
    private const int Block = 1 << 20;
    private const long MostAllocated = 4 << 20;

    [Fact]
    public void A_hundred_megabytes_of_rows_take_the_memory_of_a_page()
    {
        var row = """{"id":12345678901234,"name":"host","text":"some ordinary text 漢字 with \"quotes\" and \u00e9"},""";
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(row, Block / row.Length)));
        var count = Block / row.Length * 100;

        var shaped = ShapeWithin(Repeat("{\"items\":[", block, 100, "{}],\"next\":\"p\"}"));

        Assert.True(shaped.SourceBytes > 100_000_000);
        Assert.Equal((count + 1, "bytes"), (shaped.Total, shaped.Reason));
        Assert.InRange(shaped.Bytes, Budget * 9 / 10, Budget);
        Assert.Equal("p", shaped.Json.GetProperty("next").GetString());
    }

    [Fact]
    public void A_text_of_fifty_megabytes_is_cut_while_it_arrives()
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("0123456789éé", Block / 14)));
        var letters = Block / 14 * 12L * 50;

        var shaped = ShapeWithin(Repeat("{\"items\":[{\"text\":\"", block, 50, "\",\"id\":7},{\"id\":8}]}"));

        var text = shaped.Rows()[0].GetProperty("text").GetString()!;
        var kept = text.IndexOf('…', StringComparison.Ordinal);
        Assert.InRange(kept, 10_000, 16 * 1024);
        Assert.Equal($"…[+{letters - kept} chars]", text[kept..]);
        Assert.Equal(7, shaped.Rows()[0].GetProperty("id").GetInt32());
        Assert.Equal((2, 2), (shaped.Returned, shaped.Total));
    }

    [Fact]
    public void A_text_of_fifty_megabytes_of_escapes_is_counted_in_characters()
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""\ud83d\ude00\n\u0041""", Block / 20)));
        var letters = Block / 20 * 3L * 20;

        var shaped = ShapeWithin(Repeat("{\"text\":\"", block, 20, "\"}"));

        var text = shaped.Json.GetProperty("text").GetString()!;
        var kept = text.IndexOf('…', StringComparison.Ordinal);
        Assert.Equal($"…[+{letters - new System.Globalization.StringInfo(text[..kept]).LengthInTextElements} chars]", text[kept..]);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.Equal(0, shaped.Sanitized);
    }

    [Fact]
    public void One_row_of_fifty_megabytes_is_cut_to_the_budget()
    {
        var member = "\"some\":[1,2,3,{\"text\":\"" + new string('t', 1000) + "\"}],";
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(member, Block / member.Length)));

        var shaped = ShapeWithin(Repeat("[{", block, 50, "\"z\":1},{\"id\":2}]"));

        Assert.Equal((1, 2, "text"), (shaped.Returned, shaped.Total, shaped.Reason));
        Assert.Equal(1, shaped.Continuation());
        Assert.InRange(shaped.Bytes, Budget / 3, Budget);
    }

    [Fact]
    public void Half_a_million_members_are_cut_to_the_budget()
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\"member\":\"value\",", Block / 17)));

        var shaped = ShapeWithin(Repeat("{", block, 10, "\"z\":1}"));

        Assert.Contains(shaped.Cut, path => path.EndsWith(" more", StringComparison.Ordinal));
        Assert.InRange(shaped.Bytes, Budget / 2, Budget);
    }

    [Fact]
    public void Fifty_megabytes_of_blanks_take_no_memory() =>
        Assert.Equal("""{"items":[1,2]}""", ShapeWithin(Repeat("[1", Encoding.UTF8.GetBytes(new string(' ', Block)), 50, ",2]")).Text);

    [Fact]
    public void A_text_that_never_ends_is_an_answer_that_broke_off() =>
        Assert.Equal(
            ShapingFailure.InvalidJson,
            Assert.Throws<ShapingException>(() => ShapeWithin(Repeat("[\"", new byte[Block].Select(_ => (byte)'x').ToArray(), 5, ""))).Failure);

    [Theory]
    [InlineData("\\q")]
    [InlineData("\\u00g0")]
    [InlineData("\u0001")]
    public void What_is_not_json_is_noticed_in_the_part_of_a_text_that_is_only_counted(string damage) =>
        Assert.Equal(
            ShapingFailure.InvalidJson,
            Assert.Throws<ShapingException>(() => ShapeWithin(Repeat("[\"", Encoding.UTF8.GetBytes(new string('x', Block)), 2, damage + "\"]"))).Failure);

    [Fact]
    public void A_small_result_allocates_little()
    {
        var answer = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 100).Select(id => $$"""{"id":{{id}},"name":"host-{{id}}","text":"漢字 \u00e9"}"""))}]");
        var options = new ShapeOptions { WrapMembers = MemberSet.Of("text"), Tenant = "contoso", Warning = true, Next = Shaped.Cursor };
        ResultShaper.Shape(answer, options).Dispose();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 10; round++)
            ResultShaper.Shape(answer, options).Dispose();

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10, 1, 4096);
    }

    // All reads finish at once, so that everything happens, and is counted, on this thread.
    private static Shaped ShapeWithin(IEnumerable<byte[]> source)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var shaped = Shaped.OfStream(new PiecewiseStream(source, 50_000), new ShapeOptions { MaxBytes = Budget, Next = Shaped.Cursor });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, MostAllocated);
        return shaped;
    }

    private static IEnumerable<byte[]> Repeat(string head, byte[] block, int times, string tail)
    {
        yield return Encoding.UTF8.GetBytes(head);
        for (var time = 0; time < times; time++)
            yield return block;
        yield return Encoding.UTF8.GetBytes(tail);
    }
}
