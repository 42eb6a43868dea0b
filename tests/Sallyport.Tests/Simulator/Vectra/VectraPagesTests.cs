using System.Text.Json;
using Sallyport.Simulator.Vectra;

namespace Sallyport.Tests.Simulator.Vectra;

/// <summary>Paging, ordering and the choice of fields, as every list of this API does them.</summary>
public class VectraPagesTests
{
    private static List<int> Ids(JsonElement page) => [.. page.GetProperty("results").EnumerateArray().Select(item => item.GetProperty("id").GetInt32())];

    [Fact]
    public async Task Following_next_gives_every_item_once()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var seen = new List<int>();
        var pages = 0;

        for (var next = "/detections?page_size=700&ordering=threat"; next is not null; pages++)
        {
            var page = await vectra.GetAsync(next);
            seen.AddRange(Ids(page));
            next = page.GetProperty("next").GetString()?.Replace(vectra.Running.BaseUrl + "api/v3.4", "", StringComparison.Ordinal);
        }

        Assert.Equal((4, 2_600, 2_600), (pages, seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task A_page_has_fifty_items_unless_told_and_five_thousand_at_most()
    {
        await using var vectra = await SimulatedVectra.StartAsync(new() { Devices = 5_000 });

        var unsaid = await vectra.GetAsync("/detections?fields=id");
        var largest = await vectra.GetAsync("/detections?fields=id&page_size=9000");
        var silly = await vectra.GetAsync("/detections?fields=id&page_size=-3");

        Assert.Equal((50, 5_000, 50), (Ids(unsaid).Count, Ids(largest).Count, Ids(silly).Count));
        Assert.Equal(10_000, largest.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Links_are_absolute_keep_the_filters_and_end_with_the_last_page()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var first = await vectra.GetAsync("/users?page_size=4");
        var last = await vectra.GetAsync("/users?page_size=4&page=3");

        Assert.Equal($"{vectra.Running.BaseUrl}api/v3.4/users?page_size=4&page=2", first.GetProperty("next").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("previous").ValueKind);
        Assert.Equal(JsonValueKind.Null, last.GetProperty("next").ValueKind);
        Assert.Equal($"{vectra.Running.BaseUrl}api/v3.4/users?page_size=4&page=2", last.GetProperty("previous").GetString());
    }

    [Theory]
    [InlineData("page=4")]
    [InlineData("page=0")]
    [InlineData("page=x")]
    public async Task A_page_that_is_not_there_is_not_found(string page)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var (status, body) = await vectra.SendAsync("GET", "/users?page_size=4&" + page);

        Assert.Equal(404, status);
        Assert.Contains("Invalid page", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_is_a_page_without_items()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var page = await vectra.GetAsync("/hosts?name=nobody-has-this-name");

        Assert.Equal((0, 0), (page.GetProperty("count").GetInt32(), Ids(page).Count));
    }

    [Fact]
    public async Task Fields_choose_members_and_a_name_that_does_not_exist_empties_the_page()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var some = await vectra.GetAsync("/detections?fields=id,state&page_size=1");
        var without = await vectra.GetAsync("/detections?exclude_fields=grouped_details&page_size=1");
        var wrong = await vectra.GetAsync("/detections?fields=id,colour");
        var unnamed = await vectra.GetAsync("/detections?fields=id,t_score");

        Assert.Equal(["id", "state"], some.GetProperty("results")[0].EnumerateObject().Select(m => m.Name));
        Assert.False(without.GetProperty("results")[0].TryGetProperty("grouped_details", out _));
        Assert.True(without.GetProperty("results")[0].TryGetProperty("summary", out _));
        Assert.All(new[] { wrong, unnamed }, page => Assert.Equal((0, 0), (page.GetProperty("count").GetInt32(), Ids(page).Count)));
    }

    [Fact]
    public async Task A_parameter_that_does_not_exist_changes_nothing()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var all = await vectra.GetAsync("/detections?page_size=1");
        var same = await vectra.GetAsync("/detections?page_size=1&detection_name=Tunnel&assignee=59");

        Assert.Equal(all.GetProperty("count").GetInt32(), same.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Both_slash_styles_are_answered_and_one_can_be_redirected_to_the_other()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var plain = await vectra.GetAsync("/users/59");
        var slash = await vectra.GetAsync("/users/59/");

        vectra.Controls.RedirectsToSlash = true;
        using var redirect = await vectra.Http.GetAsync("/api/v3.4/users?page_size=2");

        Assert.Equal(plain.ToString(), slash.ToString());
        Assert.Equal((301, "/api/v3.4/users/?page_size=2"), ((int)redirect.StatusCode, redirect.Headers.Location!.OriginalString));
        Assert.Equal(200, (await vectra.SendAsync("GET", "/users/?page_size=2")).Status);
    }

    [Theory]
    [InlineData("last_timestamp", true, false)]
    [InlineData("-last_timestamp", true, true)]
    [InlineData("threat", true, true)]
    [InlineData("-threat", true, false)]
    [InlineData("threat", false, false)]
    [InlineData("-threat", false, true)]
    public async Task Times_sort_upwards_and_scores_by_the_reading_that_is_set(string ordering, bool scoresSortDescending, bool isDescending)
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        vectra.Controls.ScoresSortDescending = scoresSortDescending;
        var key = ordering.TrimStart('-');

        var page = await vectra.GetAsync($"/detections?ordering={ordering}&page_size=300&fields={key}");
        var values = page.GetProperty("results").EnumerateArray().Select(item => item.GetProperty(key)).Select(v => v.ValueKind == JsonValueKind.Number ? v.GetInt32().ToString("D3") : v.GetString()!).ToList();

        Assert.Equal(isDescending ? values.OrderDescending(StringComparer.Ordinal) : values.Order(StringComparer.Ordinal), values);
        Assert.NotEqual(values[0], values[^1]);
    }

    [Fact]
    public async Task Next_can_be_made_to_mislead()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        vectra.Controls.Next = NextLink.SamePage;
        var same = await vectra.GetAsync("/users?page_size=100");
        vectra.Controls.Next = NextLink.Endless;
        var beyond = await vectra.GetAsync("/users?page_size=100&page=7");
        vectra.Controls.LinkOrigin = "https://elsewhere.example";
        var foreign = await vectra.GetAsync("/users?page_size=100");

        Assert.EndsWith("page=1", same.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("page=8", beyond.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Empty(Ids(beyond));
        Assert.StartsWith("https://elsewhere.example/api/v3.4/users", foreign.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/detections?threat_gte=high")]
    [InlineData("/detections?last_timestamp_gte=yesterday")]
    [InlineData("/detections?is_triaged=maybe")]
    [InlineData("/assignments?assignees=ana")]
    public async Task A_value_that_cannot_be_read_is_a_bad_request(string path)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        Assert.Equal(400, (await vectra.SendAsync("GET", path)).Status);
    }
}
