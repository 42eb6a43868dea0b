using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Tests.Gateway.Shaping;

public sealed class ResumptionTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Following_the_cursor_gives_every_row_once_and_in_order(int seed)
    {
        var random = new RandomJson(seed);
        var answer = Encoding.UTF8.GetBytes(random.Answer(mostRows: 40, mostText: 60));
        var options = new ShapeOptions
        {
            Next = Shaped.Cursor,
            Rows = "items",
            Fields = random.Below(3) == 0 ? ["row", "name", "a.b", "description"] : null,
            WrapMembers = random.Below(2) == 0 ? MemberSet.Of("description", "title", "tags") : MemberSet.None,
            Tenant = random.Below(2) == 0 ? "contoso" : null,
            MaxRows = random.Below(3) == 0 ? 1 + random.Below(7) : null,
        };
        var expected = Shape(answer, options with { MaxRows = null, MaxBytes = 10_000_000 }).Rows();
        for (var round = 0; round < 5; round++)
            AssertAllRowsArrive(answer, options with { MaxBytes = 400 + random.Below(6000) }, expected);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_answer_that_fits_arrives_unchanged(int seed)
    {
        var answer = new RandomJson(seed).Answer(mostRows: 12, mostText: 30);

        var shaped = Shaped.Of(answer);

        using var source = JsonDocument.Parse(answer);
        var expected = source.RootElement;
        Assert.True(JsonElement.DeepEquals(expected, expected.ValueKind == JsonValueKind.Array ? shaped.Json.GetProperty("items") : shaped.Json), $"seed {seed}");
        Assert.Equal((false, 0), (shaped.IsCapped, shaped.Sanitized));
    }

    private static void AssertAllRowsArrive(byte[] answer, ShapeOptions options, JsonElement[] expected)
    {
        var arrived = 0;
        Shaped page;
        do
        {
            page = Shape(answer, options with { Skip = arrived });
            Assert.True(page.Bytes <= options.MaxBytes);
            Assert.Equal(expected.Length, page.Total);
            var rows = page.Rows();
            Assert.Equal(rows.Length, page.Returned);
            var isCut = page.Cut.Any(path => path.StartsWith("items[0]", StringComparison.Ordinal) || path.StartsWith('…'));
            for (var index = 0; index < rows.Length; index++)
                Assert.True(isCut || JsonElement.DeepEquals(expected[arrived + index], rows[index]), $"row {arrived + index} at {options.MaxBytes} bytes");
            arrived += rows.Length;
            if (page.Next is not null)
                Assert.Equal(arrived, page.Continuation());
            Assert.True(page.Next is null || rows.Length > 0, "a page without a row");
        }
        while (page.Next is not null);

        Assert.Equal(expected.Length, arrived);
    }

    private static Shaped Shape(byte[] answer, ShapeOptions options) => Shaped.OfStream(new PiecewiseStream([answer], 997), options);
}
