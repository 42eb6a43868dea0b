using System.Text;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core;
using Sallyport.Tests.Gateway.Shaping;

namespace Sallyport.Tests.Connectors.Vectra.Pages;

public sealed class PageReaderTests
{
    private const string Page =
        """{"previous":null,"extra":{"results":[1,{"a":"]}"}]},"results":[{"id":1,"text":"a\"],}"},{"id":2,"deep":[[{}]]},3,"four"],"next":"https://x.test/?page_size=9&page=17","count":40}""";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Rows_come_whole_however_the_answer_is_cut_into_pieces(int piece)
    {
        using var reader = new PageReader(new PiecewiseStream([Encoding.UTF8.GetBytes(Page)], piece));
        List<string> rows = [];
        while (await reader.ReadAsync(CancellationToken.None))
            rows.Add(Encoding.UTF8.GetString(reader.Row.Span));

        Assert.Equal(["""{"id":1,"text":"a\"],}"}""", """{"id":2,"deep":[[{}]]}""", "3", "\"four\""], rows);
        Assert.Equal((40, 17), (reader.Count, reader.NextPage));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":[{"id":1}""")]
    [InlineData("""{"count":1e99,"results":[]}""")]
    [InlineData("<html>")]
    public async Task What_is_no_page_is_a_failure(string text)
    {
        using var reader = new PageReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        var thrown = await Assert.ThrowsAsync<UpstreamException>(async () =>
        {
            while (await reader.ReadAsync(CancellationToken.None))
            {
            }
        });

        Assert.Equal(UpstreamFailure.InvalidResponse, thrown.Failure);
    }

    [Fact]
    public async Task No_more_is_held_than_the_largest_row()
    {
        var text = $$"""{"results":[{{string.Join(',', Enumerable.Repeat($$"""{"x":"{{new string('x', 50_000)}}"}""", 400))}}]}""";
        using var reader = new PageReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        while (await reader.ReadAsync(CancellationToken.None))
        {
        }

        Assert.InRange(reader.Held, 50_000, 262_144);
    }

    [Theory]
    [InlineData("https://portal/api/v3.4/detections?page=3", 3)]
    [InlineData("?page_size=50&page=2&fields=id", 2)]
    [InlineData("https://portal/?page=-1", null)]
    [InlineData("https://portal/?page=2x", null)]
    [InlineData("https://portal/?pages=2", null)]
    [InlineData("https://portal/", null)]
    public void A_link_gives_a_page_number_or_nothing(string link, int? page) => Assert.Equal(page, PageNumber.In(link));
}
