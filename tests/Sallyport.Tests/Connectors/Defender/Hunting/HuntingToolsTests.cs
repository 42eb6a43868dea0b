using System.Text.Json;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Defender.Hunting;

public sealed class HuntingToolsTests
{
    private const string Tool = "defender_hunting_query";
    private const string Path = "/v1.0/security/runHuntingQuery";

    [Fact]
    public async Task A_hunt_is_posted_once_with_query_window_and_token()
    {
        await using var range = await DefenderRange.StartAsync();

        var answer = await DefenderRange.CallAsync(range.Client(), Tool, """{"query":"DeviceInfo | where DeviceName startswith 'ws-37' | project Timestamp, DeviceName | take 1","timespan":"P7D"}""");

        var asked = Assert.Single(range.Asked);
        Assert.Equal(("POST", Path, "t1", "Bearer"), (asked.Method, asked.Path, asked.TokenId, asked.Headers["Authorization"]));
        Assert.Equal("""{"Query":"DeviceInfo | where DeviceName startswith \u0027ws-37\u0027 | project Timestamp, DeviceName | take 1","Timespan":"P7D"}""", asked.Body);
        Assert.Equal("include-unknown-enum-members", asked.Headers["Prefer"]);
        Assert.Equal("ws-37.contoso.example", answer.GetProperty("rows")[0].GetProperty("DeviceName").GetString());
        Assert.Equal("DateTime", answer.GetProperty("schema")[0].GetProperty("Type").GetString());
    }

    [Fact]
    public async Task The_older_interface_is_sent_the_query_alone_and_the_missing_window_is_said()
    {
        await using var range = await DefenderRange.StartAsync();

        var answer = await DefenderRange.CallAsync(range.Client(ApiFlavor.Legacy), Tool, """{"query":"print x = 1"}""");

        Assert.Equal(("/api/advancedqueries/run", """{"Query":"print x = 1"}"""), (range.Asked[0].Path, range.Asked[0].Body));
        Assert.False(answer.GetProperty("metadata").GetProperty("timespan_applied").GetBoolean());
        Assert.Equal(1, answer.GetProperty("rows")[0].GetProperty("x").GetInt32());
    }

    [Theory]
    [InlineData(""".drop table T""")]
    [InlineData("externaldata(a:string)['https://x']")]
    [InlineData("DeviceEvents | .ingest into bar")]
    [InlineData("DeviceInfo")]
    public async Task A_query_that_does_more_than_read_causes_no_request_at_all(string query)
    {
        await using var range = await DefenderRange.StartAsync();

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => DefenderRange.CallAsync(range.Client(), Tool, JsonSerializer.Serialize(new { query })));

        Assert.Equal((0L, 0L), (range.Journal.Total, range.Journal.Connections));
    }

    [Fact]
    public async Task What_nobody_sees_is_neither_checked_nor_sent()
    {
        await using var range = await DefenderRange.StartAsync();

        var answer = await DefenderRange.CallAsync(range.Client(), Tool, """{"query":"pr\u200bint x = 1"}""");

        Assert.Contains("print x = 1", range.Asked[0].Body, StringComparison.Ordinal);
        Assert.True(answer.GetProperty("metadata").GetProperty("query_sanitized").GetBoolean());
    }

    public static TheoryData<string> MayHaveRun => ["reset after work", "reset mid body", "500", "504", "502"];

    [Theory]
    [MemberData(nameof(MayHaveRun))]
    public async Task A_hunt_that_may_have_run_is_not_posted_again(string fault)
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script(Path, fault switch
        {
            "reset after work" => FaultStep.Reset(DropAt.AfterWork),
            "reset mid body" => FaultStep.Reset(DropAt.MidBody),
            _ => FaultStep.Status(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture)),
        }, times: 10);

        var failure = await DefenderRange.FailsAsync(range.Client(), Tool, """{"query":"print 1"}""");

        Assert.Single(range.Asked);
        Assert.NotEqual(UpstreamFailure.OutcomeUnknown, failure.Failure);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hunt_is_given_its_200_seconds_and_then_ends_as_a_timeout_and_is_not_posted_again()
    {
        await using var range = await DefenderRange.StartAsync();
        var (clock, release) = (new FakeClock(), new TaskCompletionSource());
        range.Tenant.Fault = FaultStep.Hold(release.Task);
        var hunt = DefenderRange.FailsAsync(range.Client(range.Settings(), clock), Tool, """{"query":"print 1"}""");
        await range.Journal.WaitAsync(entry => entry.Path == Path, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(199));
        Assert.False(hunt.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(UpstreamFailure.Timeout, (await hunt).Failure);
        Assert.Single(range.Asked);
        release.SetResult();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_hunt_that_was_not_taken_is_posted_again(int status)
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script(Path, FaultStep.StatusRetryAfter(status, 0), times: 2);

        await DefenderRange.CallAsync(range.Client(), Tool, """{"query":"print 1"}""");

        Assert.Equal(3, range.Asked.Count);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("seconds")]
    [InlineData("date")]
    public async Task The_wait_that_Defender_asks_for_is_kept_to_in_seconds_and_as_a_date(string form)
    {
        var (clock, wait) = (new FakeClock(), TimeSpan.FromSeconds(17));
        await using var range = await DefenderRange.StartAsync();
        range.Tenant.Fault = Throttle(form, clock, wait);
        var hunt = DefenderRange.CallAsync(range.Client(range.Settings(), clock), Tool, """{"query":"print 1"}""");

        for (var sent = 1; sent <= 2; sent++)
        {
            await clock.TimerSetAsync(wait);
            clock.Advance(wait - TimeSpan.FromTicks(1));
            Assert.Equal(sent, range.Asked.Count);
            range.Tenant.Fault = sent == 2 ? null : Throttle(form, clock, wait + TimeSpan.FromTicks(1));
            clock.Advance(TimeSpan.FromTicks(1));
        }

        await hunt;
        Assert.Equal(3, range.Asked.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_minute_holds_as_many_hunts_as_the_service_publishes_and_no_more()
    {
        const int AtOnce = 15, PerMinute = 45;
        var (clock, refill) = (new FakeClock(), TimeSpan.FromSeconds(2));
        await using var range = await DefenderRange.StartAsync();
        range.Tenant.Fault = FaultStep.Status(404);
        var client = range.Client(range.Settings(), clock);

        var calls = Enumerable.Range(0, PerMinute + 1).Select(_ => DefenderRange.FailsAsync(client, Tool, """{"query":"print 1"}""")).ToList();
        // Time goes on when each of the others has its place in the queue: a wait that began later would end later. The last place comes
        // first: when it is taken nobody asks for a token any more, whose time could be mistaken for a place.
        for (var place = PerMinute + 1 - AtOnce; place >= 1; place--)
            await clock.TimerSetAsync(place * refill);
        await EndedAsync(AtOnce);
        // A minute at once would run out under requests that are on their way.
        for (var sent = AtOnce + 1; sent <= PerMinute + 1; sent++)
        {
            clock.Advance(refill);
            await EndedAsync(sent);
        }

        async Task EndedAsync(int count)
        {
            while (calls.Count(call => call.IsCompleted) < count)
                await Task.WhenAny(calls.Where(call => !call.IsCompleted));
            Assert.Equal(count, range.Asked.Count);
        }
    }

    [Fact]
    public async Task Endless_throttling_ends_after_four_attempts_with_the_wait_asked_for()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script(Path, FaultStep.Throttle(0), times: 10);

        var failure = await DefenderRange.FailsAsync(range.Client(), Tool, """{"query":"print 1"}""");

        Assert.Equal((UpstreamFailure.Throttled, 4, TimeSpan.Zero), (failure.Failure, range.Asked.Count, failure.RetryAfter));
    }

    [Fact]
    public async Task The_engines_own_words_come_back_so_that_the_query_can_be_repaired()
    {
        await using var range = await DefenderRange.StartAsync();

        var failure = await DefenderRange.FailsAsync(range.Client(), Tool, """{"query":"DeviceInfo | where FileNme == 'x' | take 1"}""");

        Assert.Equal(UpstreamFailure.Rejected, failure.Failure);
        Assert.Contains("named 'FileNme'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_engines_words_are_cut_and_cleaned()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script(Path, FaultStep.Status(400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"a\\u202e\\nb " + new string('x', 2_000) + "\"}}"));

        var failure = await DefenderRange.FailsAsync(range.Client(), Tool, """{"query":"print 1"}""");

        Assert.InRange(failure.Message.Length, 100, 600);
        Assert.Contains(": a b xxx", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Tenant.Withheld["ThreatHunting.Read.All"] = true;

        var failure = await DefenderRange.FailsAsync(range.Client(), Tool, """{"query":"print 1"}""");

        Assert.Equal(UpstreamFailure.Forbidden, failure.Failure);
        Assert.Contains("ThreatHunting.Read.All", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_or_a_redirect_in_place_of_rows_is_no_result()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script(Path, FaultStep.Html());
        range.Faults.Script(Path, FaultStep.Redirect("https://evil.example/"));
        var client = range.Client();

        Assert.Equal(UpstreamFailure.InvalidResponse, (await DefenderRange.FailsAsync(client, Tool, """{"query":"print 1"}""")).Failure);
        Assert.Equal(UpstreamFailure.InvalidResponse, (await DefenderRange.FailsAsync(client, Tool, """{"query":"print 1"}""")).Failure);
        Assert.Equal(2, range.Asked.Count);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_counted_and_only_the_first_kept()
    {
        await using var range = await DefenderRange.StartAsync();

        var answer = await DefenderRange.CallAsync(range.Client(), Tool, """{"query":"SimRows | take 100000","timespan":"P30D"}""");

        Assert.Equal((1_000, 100_000), (answer.GetProperty("rows").GetArrayLength(), answer.GetProperty("metadata").GetProperty("total_row_count").GetInt32()));
    }

    [Fact]
    public async Task Going_on_by_time_reaches_every_row()
    {
        await using var range = await DefenderRange.StartAsync();
        var client = range.Client(range.Settings() with { MaxRows = 400 });
        HashSet<long> seen = [];
        string? before = null;
        do
        {
            var answer = await DefenderRange.CallAsync(client, Tool, JsonSerializer.Serialize(new { query = "SimRows | where Number < 1000", timespan = "P1D", before }));
            seen.UnionWith(answer.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("Number").GetInt64()));
            before = answer.GetProperty("metadata").TryGetProperty("next_before", out var next) ? next.GetString() : null;
        }
        while (before is not null);

        Assert.Equal(1_000, seen.Count);
    }

    [Theory]
    [InlineData("defender_device_timeline", """{"device":"ws-37","timespan":"P30D"}""", "DeviceProcessEvents")]
    [InlineData("defender_user_timeline", """{"user":"alice@contoso.example","timespan":"P30D"}""", "EmailEvents")]
    [InlineData("defender_file_timeline", """{"file":"updater.exe","timespan":"P30D"}""", "DeviceFileEvents")]
    [InlineData("defender_ip_timeline", """{"address":"203.0.113.9","timespan":"P30D"}""", "IdentityLogonEvents")]
    [InlineData("defender_url_timeline", """{"url":"tunnel.example","timespan":"P30D"}""", "DeviceNetworkEvents")]
    public async Task A_timeline_tells_the_story_from_every_table_newest_first(string tool, string arguments, string table)
    {
        await using var range = await DefenderRange.StartAsync();
        foreach (var flavor in Enum.GetValues<ApiFlavor>())
        {
            var rows = (await DefenderRange.CallAsync(range.Client(flavor), tool, arguments)).GetProperty("rows").EnumerateArray().ToList();

            Assert.Contains(rows, row => row.GetProperty("Source").GetString() == table);
            Assert.Equal(rows.Select(row => row.GetProperty("Timestamp").GetString()).OrderDescending(StringComparer.Ordinal), rows.Select(row => row.GetProperty("Timestamp").GetString()));
        }
    }

    private static FaultStep Throttle(string form, FakeClock clock, TimeSpan wait)
        => form == "date" ? FaultStep.ThrottleUntil(clock.GetUtcNow() + wait) : FaultStep.Throttle((int)wait.TotalSeconds);
}
