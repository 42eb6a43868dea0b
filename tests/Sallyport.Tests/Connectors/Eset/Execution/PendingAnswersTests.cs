using Sallyport.Core;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Eset.Execution;

public sealed class PendingAnswersTests
{
    private const string List = "eset_devices_list";
    private const string Path = "/v1/devices";
    private const string Header = "response-id";

    [Fact]
    public async Task An_answer_prepared_in_the_background_is_fetched_under_its_id_at_growing_intervals()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        range.Controls.Prepare(Path, polls: 9);

        var call = range.CallAsync(range.Connect(), List, """{"pageSize":5}""");
        foreach (var seconds in new[] { 2, 3, 4.5, 6.75, 10.125, 15.187, 22.781, 30, 30, 30 })
            await PassAsync(clock, seconds);

        Assert.Equal(5, (await call).GetProperty("devices").GetArrayLength());
        var sent = range.Running.Journal.To(Path);
        Assert.Equal(11, sent.Count);
        Assert.All(sent, entry => Assert.Equal("?pageSize=5", entry.Query));
        Assert.False(sent[0].Headers.ContainsKey(Header));
        Assert.Single(sent.Skip(1).Select(entry => entry.Headers[Header]).Distinct());
        Assert.Contains(range.Progress, message => message.Contains("eset_answer_resume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_waits_too_long_hands_its_caller_a_handle_by_which_to_go_on()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect(range.Settings() with { AnswerWaitSeconds = 5 });
        range.Controls.Prepare("/v2/edr-rules", polls: 3);
        var rules = range.CallAsync(client, "eset_edr_rules_list", "{}");
        await PassAsync(clock, 2);
        await PassAsync(clock, 3);
        var failure = await Assert.ThrowsAsync<UpstreamException>(() => rules);
        Assert.Equal(UpstreamFailure.Timeout, failure.Failure);
        var handle = failure.Hint![^33..^1];

        var resumed = range.CallAsync(client, "eset_answer_resume", $$"""{"handle":"{{handle}}"}""");
        await PassAsync(clock, 2);
        await PassAsync(clock, 3);

        Assert.Equal(2, (await resumed).GetProperty("rules").GetArrayLength());
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => range.CallAsync(client, "eset_answer_resume", $$"""{"handle":"{{handle}}"}"""));
    }

    [Fact]
    public async Task A_handle_is_good_for_its_own_tenant_only()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect(range.Settings() with { AnswerWaitSeconds = 1 });
        range.Controls.Prepare(Path, polls: 9);
        var call = range.CallAsync(client, List, "{}");
        await PassAsync(clock, 2);
        var handle = (await Assert.ThrowsAsync<UpstreamException>(() => call)).Hint![^33..^1];

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => range.CallAsync(range.Connect(), "eset_answer_resume", $$"""{"handle":"{{handle}}"}"""));
    }

    [Fact]
    public async Task A_background_answer_without_an_id_is_an_error()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script(Path, FaultStep.Status(202));

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(range.Connect(), List, "{}"));

        Assert.Equal(UpstreamFailure.InvalidResponse, failure.Failure);
    }

    [Fact, Trait("defect", "D10")]
    public async Task Throttling_and_an_expired_token_do_not_end_the_wait()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect();
        range.Controls.Prepare(Path, polls: 0);
        range.Running.Faults.Script(Path, FaultStep.Throttle(4), skip: 1);
        range.Running.Faults.Script(Path, FaultStep.RefuseToken(forget: true), skip: 1);

        var call = range.CallAsync(client, List, """{"pageSize":1}""");
        await PassAsync(clock, 2);
        await PassAsync(clock, 4);

        Assert.Single((await call).GetProperty("devices").EnumerateArray());
    }

    [Fact]
    public async Task A_change_prepared_in_the_background_happens_once()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        range.Controls.Prepare("/v2/roles", polls: 1);

        var call = range.CallAsync(range.Connect(), "eset_role_create", """{"role":{"displayName":"Night shift","permissionNames":["devices.read"]}}""");
        await PassAsync(clock, 2);
        await PassAsync(clock, 3);

        Assert.Equal("Night shift", (await call).GetProperty("role").GetProperty("displayName").GetString());
        Assert.All(range.Running.Journal.To("/v2/roles").Skip(1), entry => Assert.True(entry.Headers.ContainsKey(Header)));
    }

    private static async Task PassAsync(FakeClock clock, double seconds)
    {
        await clock.TimerSetAsync(TimeSpan.FromSeconds(seconds));
        clock.Advance(TimeSpan.FromSeconds(seconds));
    }
}
