using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;

namespace Sallyport.Tests.Gateway.Pipeline;

public sealed class ToolCallPipelineTests
{
    private static readonly TestGatewayOptions Holding = new() { Approvals = ApprovalPolicy.Default };

    [Fact]
    public async Task A_read_runs_and_is_audited_before_and_after()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Reading());

        var result = await gateway.ResultAsync("test_things_list", """{"id":7}""");

        Assert.Equal("of contoso", result.GetProperty("things")[0].GetProperty("name").GetString());
        Assert.Equal(["open", "close succeeded"], gateway.AuditLines());
    }

    [Fact]
    public async Task A_write_on_a_read_only_tenant_is_refused_and_audited_and_never_runs()
    {
        var runs = 0;
        await using var gateway = await TestGateway.StartAsync([new TestConnector([TestConnector.Writing(ran: () => runs++)])], [Some.Tenant(readOnly: true)]);

        var outcome = await gateway.CallAsync("test_thing_change");

        var refused = Assert.IsType<ToolOutcome.Refused>(outcome);
        Assert.Equal(("mode", ErrorCode.ReadOnly, 0), (refused.Gate, refused.Error.Code, runs));
        Assert.Equal(["open", "close refused read_only"], gateway.AuditLines());
    }

    [Fact]
    public async Task A_tool_the_role_does_not_hold_is_refused_whatever_the_tenant_allows()
    {
        var runs = 0;
        await using var gateway = await TestGateway.StartAsync(TestConnector.Writing(ran: () => runs++));
        gateway.Caller = Some.Caller("reader");

        var refused = Assert.IsType<ToolOutcome.Refused>(await gateway.CallAsync("test_thing_change"));

        Assert.Equal(("role", ErrorCode.Forbidden, 0), (refused.Gate, refused.Error.Code, runs));
    }

    [Theory]
    [InlineData("""{"id":"7"}""", "id: must be an integer")]
    [InlineData("""{"id":0}""", "id: must be from 1 to 1000")]
    [InlineData("""{"idd":7}""", "idd: is unknown; did you mean 'id'?")]
    [InlineData("""[1]""", "must be an object")]
    [InlineData("""{"id":""", "must be well-formed JSON, at most 32 levels deep")]
    public async Task Arguments_that_do_not_fit_the_schema_are_refused_with_what_is_allowed(string arguments, string message)
    {
        var runs = 0;
        await using var gateway = await TestGateway.StartAsync(TestConnector.Reading(ran: () => runs++));

        var refused = Assert.IsType<ToolOutcome.Refused>(await gateway.CallAsync("test_things_list", arguments));

        Assert.Equal((ErrorCode.InvalidArguments, message, 0), (refused.Error.Code, refused.Error.Message, runs));
    }

    [Fact]
    public async Task An_unknown_tool_is_refused_and_audited_without_repeating_an_unprintable_name()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Reading());

        var refused = Assert.IsType<ToolOutcome.Refused>(await gateway.CallAsync("drop\ntable"));

        Assert.Equal(ErrorCode.UnknownTool, refused.Error.Code);
        Assert.Equal(["(unprintable)", "(unprintable)"], gateway.AuditRecords().Where(r => r.TryGetProperty("tool", out _)).Select(r => r.GetProperty("tool").GetString()));
    }

    [Fact]
    public async Task An_alias_resolves_to_the_same_tool_and_the_audit_records_the_canonical_name()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Reading() with { Alias = "list_things" });

        await gateway.ResultAsync("list_things");

        Assert.All(gateway.AuditRecords().Where(r => r.TryGetProperty("tool", out _)), record => Assert.Equal("test_things_list", record.GetProperty("tool").GetString()));
    }

    [Fact]
    public async Task A_destructive_call_is_held_until_another_person_approves_exactly_it_and_then_runs_once()
    {
        var runs = 0;
        await using var gateway = await TestGateway.StartAsync(new TestConnector([TestConnector.Writing(ran: () => runs++)]), new object(), Holding);
        var held = Assert.IsType<ToolOutcome.Held>(await gateway.CallAsync("test_thing_change", """{"id":7}"""));
        var id = held.Error.ApprovalId!;

        Assert.IsType<ToolOutcome.Held>(await gateway.CallAsync("test_thing_change", $$"""{"id":7,"approval":"{{id}}"}"""));
        Assert.NotNull(await gateway.ApproveAsync(id, gateway.Caller.Subject));
        Assert.Null(await gateway.ApproveAsync(id));
        Assert.Equal(ErrorCode.ApprovalRequired, (await gateway.CallAsync("test_thing_change", $$"""{"id":8,"approval":"{{id}}"}""")).Problem!.Code);
        Assert.Equal(0, runs);
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_thing_change", $$"""{"approval":"{{id}}","id":7}"""));
        Assert.IsType<ToolOutcome.Refused>(await gateway.CallAsync("test_thing_change", $$"""{"id":7,"approval":"{{id}}"}"""));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task An_approval_that_two_calls_race_for_is_used_once()
    {
        var runs = 0;
        await using var gateway = await TestGateway.StartAsync(new TestConnector([TestConnector.Writing(ran: () => Interlocked.Increment(ref runs))]), new object(), Holding);
        var id = (await gateway.CallAsync("test_thing_change")).Problem!.ApprovalId;
        await gateway.ApproveAsync(id!);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => gateway.CallAsync("test_thing_change", $$"""{"approval":"{{id}}"}"""))));

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task An_approval_ends_with_its_time()
    {
        await using var gateway = await TestGateway.StartAsync(new TestConnector([TestConnector.Writing()]), new object(), Holding);
        var id = (await gateway.CallAsync("test_thing_change")).Problem!.ApprovalId;
        await gateway.ApproveAsync(id!);
        gateway.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(ErrorCode.ApprovalRequired, (await gateway.CallAsync("test_thing_change", $$"""{"approval":"{{id}}"}""")).Problem!.Code);
    }

    [Fact]
    public async Task Changes_beyond_the_limit_are_refused_with_the_time_to_wait_and_admitted_after_it()
    {
        await using var gateway = await TestGateway.StartAsync(
            new TestConnector([TestConnector.Writing()]), new object(), new TestGatewayOptions { Mutations = new RateLimit(2, TimeSpan.FromSeconds(60)) });
        await gateway.ResultAsync("test_thing_change");
        gateway.Clock.Advance(TimeSpan.FromSeconds(20));
        await gateway.ResultAsync("test_thing_change");

        var refused = await gateway.CallAsync("test_thing_change");
        gateway.Clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal((ErrorCode.RateLimited, 40), (refused.Problem!.Code, refused.Problem.RetryAfter));
        await gateway.ResultAsync("test_thing_change");
    }

    [Fact]
    public async Task A_bug_in_a_handler_tells_the_caller_only_the_call_id()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Failing(new InvalidOperationException("canary-4711")));

        var outcome = await gateway.CallAsync("test_thing_get");

        Assert.Equal(ErrorCode.Internal, outcome.Problem!.Code);
        Assert.Contains(outcome.CallId, outcome.Problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-4711", outcome.Problem.Message + await File.ReadAllTextAsync(gateway.AuditFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UpstreamFailure.Auth, "upstream_auth")]
    [InlineData(UpstreamFailure.NotFound, "upstream_not_found")]
    [InlineData(UpstreamFailure.TooLarge, "too_large")]
    [InlineData(UpstreamFailure.OutcomeUnknown, "outcome_unknown")]
    public async Task An_upstream_failure_keeps_its_own_word_everywhere(UpstreamFailure failure, string code)
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Failing(new UpstreamException(failure, "It broke.")));

        var outcome = await gateway.CallAsync("test_thing_get");

        Assert.Equal((code, "It broke."), (outcome.Problem!.Code, outcome.Problem.Message));
        Assert.Equal(["open", $"close failed {code}"], gateway.AuditLines());
    }

    [Fact]
    public async Task A_platform_that_keeps_failing_is_left_alone_for_a_while()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Failing(new UpstreamException(UpstreamFailure.Unavailable, "Down.")));
        for (var i = 0; i < 5; i++)
            await gateway.CallAsync("test_thing_get");

        Assert.Equal(ErrorCode.CircuitOpen, (await gateway.CallAsync("test_thing_get")).Problem!.Code);
        gateway.Clock.Advance(TimeSpan.FromSeconds(70));
        Assert.Equal("upstream_unavailable", (await gateway.CallAsync("test_thing_get")).Problem!.Code);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_is_still_recorded()
    {
        using var hangUp = new CancellationTokenSource();
        var slow = Tool.Raw<TestConnector.TestClient, TestConnector.Look>(ToolAccess.Read, "test_slow_get", "Waits.", static () => TestJson.Default.Look, async (_, _, _, token) =>
        {
            await hangUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return TestConnector.Json("{}");
        });
        await using var gateway = await TestGateway.StartAsync(slow);

        var outcome = await gateway.CallAsync("test_slow_get", cancellationToken: hangUp.Token);

        Assert.Equal(ErrorCode.Cancelled, outcome.Problem!.Code);
        Assert.Equal(["open", "close failed cancelled"], gateway.AuditLines());
    }

    [Fact]
    public async Task Rows_beyond_the_budget_are_reached_through_the_cursor_and_only_for_the_same_call()
    {
        var many = Tool.Raw<TestConnector.TestClient, TestConnector.Look>(ToolAccess.Read, "test_things_list", "Lists things.", static () => TestJson.Default.Look, (_, _, _, _) =>
            Task.FromResult(TestConnector.Json($$"""{"things":[{{string.Join(',', Enumerable.Range(0, 200).Select(i => $$"""{"id":{{i}}}"""))}}]}"""))) with
        { Rows = "things" };
        await using var gateway = await TestGateway.StartAsync(new TestConnector([many]), new object(), new TestGatewayOptions { Limits = new ResponseLimits(700) });
        List<int> ids = [];
        string? cursor = null;
        do
        {
            var page = await gateway.ResultAsync("test_things_list", cursor is null ? """{"id":1}""" : $$"""{"id":1,"cursor":"{{cursor}}"}""");
            ids.AddRange(page.GetProperty("things").EnumerateArray().Select(thing => thing.GetProperty("id").GetInt32()));
            var next = page.TryGetProperty("_capped", out var capped) && capped.TryGetProperty("next", out var token) ? token.GetString() : null;
            if (next is not null)
                Assert.Equal(ErrorCode.InvalidArguments, (await gateway.CallAsync("test_things_list", $$"""{"id":2,"cursor":"{{next}}"}""")).Problem?.Code);
            cursor = next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 200), ids);
    }

    [Fact]
    public async Task Free_text_arguments_are_audited_as_length_and_digest_only()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Reading());

        await gateway.ResultAsync("test_things_list", """{"id":7,"note":"canary-0815"}""");

        var audit = await File.ReadAllTextAsync(gateway.AuditFile);
        Assert.DoesNotContain("canary-0815", audit, StringComparison.Ordinal);
        Assert.Equal(11, gateway.AuditRecords().First(r => r.TryGetProperty("arguments", out _)).GetProperty("arguments").GetProperty("note").GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task Asking_all_tenants_joins_one_status_per_tenant_and_audits_each()
    {
        var tool = TestConnector.Reading();
        await using var gateway = await TestGateway.StartAsync(
            [new TestConnector([tool])], [Some.Tenant(id: "fabrikam"), Some.Tenant(id: "contoso"), Some.Tenant(id: "secret")]);
        gateway.Caller = Some.Caller("reader", "agent", "contoso", "fabrikam");

        var result = await gateway.ResultAsync("test_things_list", """{"tenant":"*"}""");

        Assert.Equal(["contoso", "fabrikam"], result.GetProperty("tenants").EnumerateArray().Select(tenant => tenant.GetString()));
        Assert.All(result.GetProperty("results").EnumerateArray(), entry =>
            Assert.Contains(entry.GetProperty("tenant").GetString()!, entry.GetProperty("result").GetProperty("things")[0].GetProperty("name").GetString()!, StringComparison.Ordinal));
        Assert.Equal(4, gateway.AuditLines().Count);
    }

    [Theory]
    [InlineData("""{"tenant":"secret"}""", ErrorCode.TenantUnknown, "Unknown tenant.")]
    [InlineData("""{"tenant":"nowhere"}""", ErrorCode.TenantUnknown, "Unknown tenant.")]
    [InlineData("""{}""", ErrorCode.TenantRequired, "You are granted several tenants; say which one.")]
    public async Task A_tenant_that_is_not_granted_looks_like_one_that_does_not_exist(string arguments, string code, string message)
    {
        await using var gateway = await TestGateway.StartAsync(
            [new TestConnector([TestConnector.Reading()])], [Some.Tenant(id: "fabrikam"), Some.Tenant(id: "contoso"), Some.Tenant(id: "secret")]);
        gateway.Caller = Some.Caller("reader", "agent", "contoso", "fabrikam");

        var problem = (await gateway.CallAsync("test_things_list", arguments)).Problem!;

        Assert.Equal((code, message), (problem.Code, problem.Message));
    }
}
