using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Vectra;
using Sallyport.Tests.Core.Http;

namespace Sallyport.Tests.Connectors.Vectra.Pages;

public sealed class PageWalkTests
{
    private const string Ids = "vectra_detection_ids_list";

    [Theory]
    [InlineData(10, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    public async Task A_list_costs_one_request_for_each_thousand_items(int limit, int requests)
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync(Ids, $$"""{"state":null,"limit":{{limit}}}""");

        Assert.Equal((limit, requests, true), (result.GetProperty("returned_count").GetInt32(), rig.Requests.Count, result.GetProperty("complete").GetBoolean()));
        Assert.True(result.GetProperty("detection_count").GetInt32() > limit);
        Assert.StartsWith(result.GetProperty("detection_count").ToString(), result.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_thousand_detections_cost_five_requests_and_arrive_each_once()
    {
        await using var rig = await VectraRig.StartAsync(
            options: new() { Limits = new ResponseLimits(4_000_000, 1_000_000) }, simulator: new() { Devices = 5_000 });

        var result = await rig.ResultAsync(Ids, """{"state":null,"ordering":"id","limit":5000}""");

        var ids = result.GetProperty("detections_ids").EnumerateArray().Select(row => row.GetProperty("id").GetInt32()).ToList();
        Assert.Equal((5000, 5000, 5), (ids.Count, ids.Distinct().Count(), rig.Requests.Count));
        Assert.Equal("ascending", result.GetProperty("ordering_observed").GetString());
    }

    [Fact]
    public async Task A_later_page_that_fails_leaves_a_part_and_says_so()
    {
        await using var rig = await VectraRig.StartAsync(options: new() { Limits = new ResponseLimits(4_000_000, 1_000_000) }, simulator: new() { Devices = 2_000 });
        rig.Platform.Faults.Script("/api/", FaultStep.StatusRetryAfter(429, 0), times: 10, skip: 2);

        var result = await rig.ResultAsync(Ids, """{"state":null,"limit":3000}""");

        Assert.Equal((2000, false, "upstream_throttled"), (
            result.GetProperty("detections_ids").GetArrayLength(), result.GetProperty("complete").GetBoolean(), result.GetProperty("incomplete_reason").GetString()));
    }

    [Fact]
    public async Task A_later_page_that_breaks_off_leaves_the_rows_that_arrived()
    {
        await using var rig = await VectraRig.StartAsync(options: new() { Limits = new ResponseLimits(4_000_000, 1_000_000) });
        rig.Platform.Faults.Script("/api/", FaultStep.Truncate(), skip: 1);

        var result = await rig.ResultAsync(Ids, """{"state":null,"limit":2000}""");

        Assert.InRange(result.GetProperty("detections_ids").GetArrayLength(), 1001, 1999);
        Assert.Equal("upstream_invalid_response", result.GetProperty("incomplete_reason").GetString());
    }

    [Fact]
    public async Task A_first_page_that_breaks_off_is_an_error()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Truncate());

        Assert.Equal("upstream_invalid_response", await rig.CodeAsync(Ids, """{"state":null,"limit":1000}"""));
    }

    [Fact]
    public async Task The_link_to_the_next_page_is_never_followed_only_its_number_is_read()
    {
        await using var elsewhere = await VectraRig.StartAsync();
        await using var rig = await VectraRig.StartAsync();
        rig.Controls.LinkOrigin = elsewhere.Platform.BaseUrl.ToString().TrimEnd('/');

        await rig.ResultAsync(Ids, """{"state":null,"limit":2000}""");

        Assert.Equal((2, 0L), (rig.Requests.Count, elsewhere.Platform.Journal.Connections));
    }

    [Theory]
    [InlineData(NextLink.SamePage, 1)]
    [InlineData(NextLink.Endless, 2)]
    public async Task A_list_without_end_ends(NextLink next, int requests)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Controls.Next = next;

        var result = await rig.ResultAsync("vectra_users_list", """{"limit":1000}""");

        Assert.True(result.GetProperty("complete").GetBoolean());
        Assert.Equal(requests, rig.Requests.Count);
    }

    [Fact]
    public async Task A_list_that_grows_for_ever_ends_after_twenty_pages()
    {
        await using var server = await ScriptedServer.StartAsync(static (context, count) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Method == "POST"
                ? """{"access_token":"endless-token"}"""
                : $$"""{"next":"https://portal/?page_size=5&page={{count}}","results":[{"id":{{count}}}],"count":100000}""");
        });
        await using var rig = await VectraRig.StartAsync(settings => settings with { BaseUrl = server.Address.ToString() });

        var result = await rig.ResultAsync(Ids, """{"limit":5000}""");

        Assert.Equal((20, 21), (result.GetProperty("returned_count").GetInt32(), server.Requests.Count));
        Assert.Equal((100000, "page_limit"), (result.GetProperty("detection_count").GetInt32(), result.GetProperty("incomplete_reason").GetString()));
    }

    [Fact]
    public async Task Two_minutes_are_enough_for_one_list()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedServer.StartAsync((context, count) =>
        {
            if (context.Request.Method == "GET")
                clock.Advance(TimeSpan.FromSeconds(29));
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Method == "POST"
                ? """{"access_token":"slow-token","expires_in":7200}"""
                : $$"""{"count":100000,"next":"/?page={{count}}","results":[{"id":{{count}}}]}""");
        });
        await using var rig = await VectraRig.StartAsync(settings => settings with { BaseUrl = server.Address.ToString() }, new() { Clock = clock });

        var result = await rig.ResultAsync(Ids, """{"limit":5000}""");

        Assert.Equal((5, "upstream_timeout"), (result.GetProperty("returned_count").GetInt32(), result.GetProperty("incomplete_reason").GetString()));
    }

    [Fact]
    public async Task The_operators_ceiling_holds_and_is_named()
    {
        await using var rig = await VectraRig.StartAsync(settings => settings with { MaxItems = 30 });

        var result = await rig.ResultAsync(Ids, """{"state":null,"limit":100}""");

        Assert.Equal((30, "item_limit"), (result.GetProperty("returned_count").GetInt32(), result.GetProperty("incomplete_reason").GetString()));
        Assert.Contains("page_size=30", Assert.Single(rig.Requests).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_megabytes_of_detections_pass_through_without_being_held()
    {
        // Five pages of a thousand rows with ten kilobytes each: fifty megabytes of answers.
        const int Megabyte = 1 << 20;
        var row = $$"""{"id":7,"padding":"{{new string('x', 10_000)}}"}""";
        var page = Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat(row, 1000)));
        List<long> held = [];
        await using var server = await ScriptedServer.StartAsync(async (context, count) =>
        {
            context.Response.ContentType = "application/json";
            if (context.Request.Method == "POST")
            {
                await context.Response.WriteAsync("""{"access_token":"long-token"}""");
                return;
            }

            held.Add(GC.GetTotalMemory(forceFullCollection: true));
            await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"count":5000,"next":"/?page={{count}}","results":["""));
            await context.Response.Body.WriteAsync(page);
            await context.Response.WriteAsync("]}");
        });
        await using var rig = await VectraRig.StartAsync(settings => settings with { BaseUrl = server.Address.ToString() });

        var result = await rig.ResultAsync("vectra_detections_list", """{"limit":5000}""");

        Assert.Equal(5000, result.GetProperty("_capped").GetProperty("total").GetInt32());
        Assert.Equal((6, 5), (server.Requests.Count, held.Count));
        // Between the second page and the last one thirty more would be held if anything kept the rows; other tests run beside this one.
        Assert.InRange(held[^1] - held[1], long.MinValue, 20 * Megabyte);
    }

    [Fact]
    public async Task Among_a_hundred_thousand_a_call_costs_what_was_asked_for_and_no_more()
    {
        var row = """{"id":7,"name":"a","ip":"10.0.0.1","state":"active"},""";
        var thousand = string.Concat(Enumerable.Repeat(row, 1000)).TrimEnd(',');
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = "application/json";
            var size = int.TryParse(context.Request.Query["page_size"], out var asked) ? asked : 50;
            var page = int.TryParse(context.Request.Query["page"], out var number) ? number : 1;
            return context.Response.WriteAsync(context.Request.Method == "POST"
                ? """{"access_token":"long-token"}"""
                : context.Request.Query.ContainsKey("last_source")
                    ? """{"count":0,"next":null,"results":[]}"""
                    : $$"""{"count":100000,"next":"/?page={{page + 1}}","results":[{{(size >= 1000 ? thousand : string.Concat(Enumerable.Repeat(row, size)).TrimEnd(','))}}]}""");
        });
        await using var rig = await VectraRig.StartAsync(settings => settings with { BaseUrl = server.Address.ToString() });
        async Task<int> RequestsAsync(string tool, string arguments)
        {
            var before = server.Requests.Count(request => request.Method == "GET");
            await rig.ResultAsync(tool, arguments);
            return server.Requests.Count(request => request.Method == "GET") - before;
        }

        Assert.Equal(1, await RequestsAsync(Ids, """{"limit":10}"""));
        Assert.Contains("page_size=10", server.Requests.Last().Path, StringComparison.Ordinal);
        Assert.Equal(1, await RequestsAsync(Ids, """{"limit":1000}"""));
        Assert.Equal(1, await RequestsAsync("vectra_detections_count", "{}"));
        Assert.Contains("page_size=1", server.Requests.Last().Path, StringComparison.Ordinal);
        // The filter, then five pages of a thousand among active and five among inactive hosts.
        Assert.InRange(await RequestsAsync("vectra_host_find", """{"host_ip":"192.0.2.77"}"""), 2, 11);
    }
}
