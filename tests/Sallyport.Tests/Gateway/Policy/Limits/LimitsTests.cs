using Sallyport.Core.RequestTenants;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway.Policy.Limits;

public sealed class LimitsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Calls_are_counted_by_caller_and_tenant_and_come_back_when_the_span_is_over()
    {
        await using var gateway = await TwoTenantsAsync(new TestGatewayOptions { Calls = new RateLimit(2, Minute) });

        await gateway.CallAsync("test_things_list", """{"tenant":"a"}""");
        gateway.Clock.Advance(TimeSpan.FromSeconds(20));
        await gateway.CallAsync("test_things_list", """{"tenant":"a"}""");
        var third = await gateway.CallAsync("test_things_list", """{"tenant":"a"}""");

        Assert.Equal((ErrorCode.RateLimited, 40), (third.Problem?.Code, third.Problem?.RetryAfter));
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", """{"tenant":"b"}"""));
        gateway.Caller = gateway.Caller with { Subject = "another" };
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", """{"tenant":"a"}"""));
        gateway.Caller = Some.Caller();
        gateway.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", """{"tenant":"a"}"""));
    }

    [Fact]
    public async Task Changes_are_counted_by_tenant_and_a_refused_call_costs_nothing()
    {
        await using var gateway = await TwoTenantsAsync(new TestGatewayOptions { Mutations = new RateLimit(1, Minute) });
        gateway.Caller = Some.Caller("writer");

        for (var i = 0; i < 5; i++)
            Assert.Equal(ErrorCode.InvalidArguments, (await gateway.CallAsync("test_thing_change", """{"tenant":"a","id":0}""")).Problem?.Code);
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_thing_change", """{"tenant":"a"}"""));
        Assert.Equal(ErrorCode.RateLimited, (await gateway.CallAsync("test_thing_change", """{"tenant":"a"}""")).Problem?.Code);
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_thing_change", """{"tenant":"b"}"""));
    }

    [Fact]
    public async Task Sixty_changes_a_minute_are_one_callers_and_ten_are_for_all_who_prove_nothing()
    {
        await using var gateway = await TwoTenantsAsync(new TestGatewayOptions { Mutations = new RateLimit(60, Minute), OpenAccessMutations = new RateLimit(10, Minute) });
        async Task<int> AllowedAsync(Caller caller)
        {
            gateway.Caller = caller;
            for (var allowed = 0; ; allowed++)
            {
                if ((await gateway.CallAsync("test_thing_change", """{"tenant":"a"}""")).Problem is { } problem)
                {
                    Assert.Contains($"rate limit exceeded. Retry-After: {problem.RetryAfter}s", problem.Message, StringComparison.Ordinal);
                    return allowed;
                }
            }
        }

        Assert.Equal(60, await AllowedAsync(Some.Caller(subject: "CI")));
        Assert.Equal(0, await AllowedAsync(Some.Caller(subject: "CI") with { ClaimedClient = "somebody else", Session = "another" }));
        Assert.Equal(60, await AllowedAsync(Some.Caller(subject: "nightly")));
        Assert.Equal(10, await AllowedAsync(new Caller("open-access", "admin", ["*"], "stdio")));
        Assert.Equal(0, await AllowedAsync(new Caller("open-access", "admin", ["*"], "open-access") { ClaimedClient = "another" }));
        gateway.Clock.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await AllowedAsync(Some.Caller(subject: "CI")));
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(60, await AllowedAsync(Some.Caller(subject: "CI")));
    }

    [Fact]
    public async Task Whoever_only_claims_a_name_does_not_use_up_what_its_owner_may_do()
    {
        await using var gateway = await TwoTenantsAsync(new TestGatewayOptions { Calls = new RateLimit(1, Minute) });
        Caller Claiming(string password) => new("soc", "reader", ["a"], "account") { Account = new RequestAccount("a", "other", new RequestTenant.Accepted("soc", new object(), password)) };

        gateway.Caller = Claiming("guess");
        await gateway.CallAsync("test_things_list");
        Assert.Equal(ErrorCode.RateLimited, (await gateway.CallAsync("test_things_list")).Problem?.Code);
        gateway.Caller = Claiming("right");
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list"));
    }

    [Fact]
    public async Task Who_has_had_its_share_of_output_waits()
    {
        await using var gateway = await TwoTenantsAsync(new TestGatewayOptions { OutputBytes = new RateLimit(300, Minute) });
        var calls = 0;
        var handed = 0;
        while (await gateway.CallAsync("test_things_list", """{"tenant":"a"}""") is ToolOutcome.Succeeded succeeded && calls++ < 20)
            handed += succeeded.Json.Length;

        Assert.InRange(handed, 300, 600);
        Assert.Equal("output", gateway.AuditRecords()[^1].GetProperty("gate").GetString());
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", """{"tenant":"b"}"""));
        gateway.Clock.Advance(Minute);
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", """{"tenant":"a"}"""));
    }

    [Fact]
    public async Task The_same_call_over_and_over_is_cut_however_it_is_written_and_other_calls_go_on()
    {
        await using var gateway = await TwoTenantsAsync(new TestGatewayOptions { Repeats = new RateLimit(3, TimeSpan.FromMinutes(10)) });
        string[] spellings = ["""{"tenant":"a","id":7,"note":"x"}""", """{ "note":"x", "id":7, "tenant":"a" }""", """{"id":7,"tenant":"a","note":"\u0078"}"""];
        foreach (var spelling in spellings)
            Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", spelling));

        var cut = await gateway.CallAsync("test_things_list", spellings[0]);

        Assert.Equal((ErrorCode.RateLimited, "loop"), (cut.Problem?.Code, ((ToolOutcome.Refused)cut).Gate));
        Assert.Contains("loop", cut.Problem!.Message, StringComparison.Ordinal);
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", """{"tenant":"a","id":8}"""));
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", """{"tenant":"b","id":7,"note":"x"}"""));
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", spellings[0]));
    }

    [Fact]
    public async Task A_round_of_several_calls_is_a_loop_too_and_reading_on_is_none()
    {
        await using var gateway = await TwoTenantsAsync(new TestGatewayOptions { Repeats = new RateLimit(3, TimeSpan.FromMinutes(10)) });
        string[] Round() => [.. Enumerable.Range(1, 10).Select(id => $$"""{"tenant":"a","id":{{id}}}""")];
        for (var i = 0; i < 3; i++)
        {
            foreach (var arguments in Round())
                Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", arguments));
        }

        Assert.All(await Task.WhenAll(Round().Select(arguments => gateway.CallAsync("test_things_list", arguments))), outcome => Assert.Equal(ErrorCode.RateLimited, outcome.Problem?.Code));
        for (var id = 100; id < 200; id++)
            Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list", $$"""{"tenant":"a","id":{{id}}}"""));
    }

    [Fact]
    public async Task One_caller_runs_so_many_calls_at_a_time_and_others_do_not_wait_for_it()
    {
        var running = 0;
        var most = 0;
        var gates = new SemaphoreSlim(0);
        var full = new TaskCompletionSource();
        var tool = Tool.Raw<TestConnector.TestClient, TestConnector.Look>(ToolAccess.Read, "test_thing_wait", "Waits.", static () => TestJson.Default.Look, async (_, look, _, cancellationToken) =>
        {
            if (look.Id > 500)
                return TestConnector.Json("{}");
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 4)
                full.TrySetResult();
            await gates.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref running);
            return TestConnector.Json("{}");
        });
        await using var gateway = await TestGateway.StartAsync(new TestConnector([tool]), new object(), new TestGatewayOptions { CallsPerCaller = 4 });

        var calls = Enumerable.Range(1, 20).Select(id => gateway.CallAsync("test_thing_wait", $$"""{"id":{{id}}}""")).ToList();
        await full.Task;
        gateway.Caller = gateway.Caller with { Subject = "another" };
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_thing_wait", """{"id":501}"""));
        gates.Release(20);
        var outcomes = await Task.WhenAll(calls);

        Assert.Equal(4, most);
        Assert.All(outcomes, outcome => Assert.IsType<ToolOutcome.Succeeded>(outcome));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, now, seen);
    }

    private static Task<TestGateway> TwoTenantsAsync(TestGatewayOptions options)
    {
        var connector = new TestConnector([TestConnector.Reading(), TestConnector.Writing()]);
        var settings = new Dictionary<string, object> { ["test"] = new() };
        return TestGateway.StartAsync([connector], [new Tenant("a", false, settings), new Tenant("b", false, settings)], options);
    }
}
