using System.Text;
using System.Text.Json;
using Sallyport.Connectors.Defender.Hunting;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Defender.Hunting;

public sealed class HuntReaderTests
{
    private static readonly HuntRun Day = new(HuntWindow.Parse("P1D"), IsWindowApplied: true, IsQueryCleaned: false, CanContinue: true);

    [Theory]
    [InlineData("""{"schema":[{"name":"Timestamp","type":"DateTime"}],"results":[{"Timestamp":"2026-05-11T09:14:22Z"}]}""")]
    [InlineData("""{"Schema":[{"Name":"Timestamp","Type":"DateTime"}],"Results":[{"Timestamp":"2026-05-11T09:14:22Z"}],"Stats":{"ExecutionTime":4.62}}""")]
    [InlineData("""{"results":[{"@odata.type":"x","Timestamp":"2026-05-11T09:14:22Z"}],"@odata.context":"c","schema":[{"type":"DateTime","name":"Timestamp","x":[1]}]}""")]
    public async Task Either_interface_and_casing_gives_the_same_answer(string upstream)
        => Assert.Equal(
            """{"schema":[{"Name":"Timestamp","Type":"DateTime"}],"rows":[{"Timestamp":"2026-05-11T09:14:22Z"}],"metadata":{"row_count":1,"column_count":1,"timespan":"P1D"}}""",
            await AnswerAsync(upstream, Day));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9223372036854775808")]
    [InlineData("0.1")]
    [InlineData("1e-7")]
    [InlineData("\"a\\u202eb\\n\\\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("""{"a":[1,{"b":"c"}]}""")]
    public async Task Values_are_passed_on_as_they_are(string value)
        => Assert.Contains($"\"rows\":[{{\"X\":{value}}}]", await AnswerAsync($$"""{"schema":[],"results":[{"X":{{value}}}]}""", Day), StringComparison.Ordinal);

    [Fact]
    public async Task Members_of_the_protocol_are_dropped_at_any_depth_with_what_they_hold()
        => Assert.Contains(
            "\"rows\":[{\"A\":1,\"B\":{\"C\":2},\"D\":3}]",
            await AnswerAsync("""{"schema":[],"results":[{"A":1,"x@odata.type":{"a":[{"b":1}]},"B":{"@odata.id":"u","C":2,"y@odata.z":[[1],2]},"D":3}]}""", Day),
            StringComparison.Ordinal);

    [Fact]
    public async Task Rows_beyond_the_cap_are_counted_and_said()
    {
        using var answer = JsonDocument.Parse(await AnswerAsync(Rows(25), Day, maxRows: 10));

        var metadata = answer.RootElement.GetProperty("metadata");
        Assert.Equal(10, answer.RootElement.GetProperty("rows").GetArrayLength());
        Assert.Equal((10, 25, true), (metadata.GetProperty("row_count").GetInt32(), metadata.GetProperty("total_row_count").GetInt32(), metadata.GetProperty("truncated").GetBoolean()));
    }

    [Fact]
    public async Task A_cut_hunt_that_is_newest_first_says_where_to_go_on()
    {
        using var answer = JsonDocument.Parse(await AnswerAsync(Rows(25), Day, maxRows: 10));

        Assert.Equal("2026-05-11T09:00:50.0000000Z", answer.RootElement.GetProperty("metadata").GetProperty("next_before").GetString());
    }

    [Theory]
    [InlineData("""{"Timestamp":"2026-05-11T09:00:00Z"},{"Timestamp":"2026-05-11T09:00:01Z"},{"Timestamp":"2026-05-11T09:00:02Z"}""")]
    [InlineData("""{"Timestamp":"2026-05-11T09:00:03Z"},{"X":1},{"Timestamp":"2026-05-11T09:00:02Z"}""")]
    [InlineData("""{"Timestamp":"yesterday"},{"Timestamp":"today"},{"Timestamp":"now"}""")]
    [InlineData("""{"X":1},{"X":2},{"X":3}""")]
    public async Task A_cut_hunt_in_another_order_offers_no_continuation_by_time(string rows)
        => Assert.DoesNotContain("\"next_before\"", await AnswerAsync($$"""{"schema":[],"results":[{{rows}}]}""", Day, maxRows: 2), StringComparison.Ordinal);

    [Fact]
    public async Task Answers_that_arrive_byte_by_byte_are_read_the_same()
    {
        using var whole = new HuntReader(5);
        using var slow = new HuntReader(5);
        var bytes = Encoding.UTF8.GetBytes(Rows(9));

        await whole.ReadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);
        await slow.ReadAsync(new DripStream(bytes), TestContext.Current.CancellationToken);

        Assert.Equal(Encoding.UTF8.GetString(whole.Rows), Encoding.UTF8.GetString(slow.Rows));
        Assert.Equal((5, 9), (slow.Kept, slow.Total));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"error":{"code":"x"}}""")]
    [InlineData("""{"schema":{},"results":"x"}""")]
    [InlineData("""{"schema":[],"results":[{"A":1}""")]
    [InlineData("""{"schema":[],"results":[{"A":1,,}]}""")]
    public async Task What_is_no_answer_to_a_hunt_is_not_taken_for_no_hits(string upstream)
    {
        using var hunt = new HuntReader(10);

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => hunt.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(upstream)), TestContext.Current.CancellationToken));

        Assert.Equal(UpstreamFailure.InvalidResponse, failure.Failure);
    }

    [Fact]
    public async Task JSON_deeper_than_64_is_refused()
    {
        using var hunt = new HuntReader(10);
        var deep = $$"""{"schema":[],"results":[{"A":{{new string('[', 70)}}{{new string(']', 70)}}}]}""";

        await Assert.ThrowsAsync<UpstreamException>(() => hunt.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(deep)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_older_interface_is_said_to_have_no_window()
        => Assert.Contains("\"timespan_applied\":false", await AnswerAsync("""{"Schema":[],"Results":[]}""", Day with { IsWindowApplied = false }), StringComparison.Ordinal);

    private static string Rows(int count) => $$"""
        {"schema":[{"name":"Timestamp","type":"DateTime"}],"results":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"Timestamp":"2026-05-11T09:00:{{59 - i:00}}Z"}"""))}}]}
        """;

    private static async Task<string> AnswerAsync(string upstream, HuntRun run, int maxRows = 1_000)
    {
        using var hunt = new HuntReader(maxRows);
        await hunt.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(upstream)), TestContext.Current.CancellationToken);
        await using var content = HuntAnswer.Write(hunt, run);
        return Encoding.UTF8.GetString(content.Bytes.Span);
    }

    /// <summary>Hands out one byte at a time.</summary>
    private sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
