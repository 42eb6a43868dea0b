using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;

namespace Sallyport.Tests.Gateway.Discovery;

/// <summary>A call that comes inside <c>tools_call</c> meets every gate under its own name; there is no way around one.</summary>
public sealed class RelayedCallTests
{
    private const string Call = "tools_call";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_gives_the_very_result_of_a_direct_call_and_the_audit_shows_the_real_tool()
    {
        await using var gate = await TestGateway.StartAsync(TestConnector.Reading());

        var direct = await gate.ResultAsync("test_things_list", """{"id":7}""");
        var inner = await gate.ResultAsync(Call, """{"tool":"test_things_list","arguments":{"id":7}}""");

        Assert.Equal(direct.ToString(), inner.ToString());
        Assert.Equal(["test_things_list"], gate.AuditRecords().Where(record => record.TryGetProperty("tool", out _)).Select(record => record.GetProperty("tool").GetString()).Distinct());
        Assert.Equal(["open", "close succeeded", "open", "close succeeded"], gate.AuditLines());
    }

    [Theory]
    [InlineData("""{"tool":"test_thing_change"}""", ErrorCode.Forbidden, "test_thing_change")]
    [InlineData("""{"tool":"test_thing_change","arguments":{"id":5000}}""", ErrorCode.Forbidden, "test_thing_change")]
    [InlineData("""{"tool":"test_things_list","arguments":{"id":5000}}""", ErrorCode.InvalidArguments, "test_things_list")]
    [InlineData("""{"tool":"test_things_list","arguments":{"none":1}}""", ErrorCode.InvalidArguments, "test_things_list")]
    [InlineData("""{"tool":"no_such_tool"}""", ErrorCode.UnknownTool, "no_such_tool")]
    [InlineData("""{"tool":"tools_call","arguments":{"tool":"test_things_list"}}""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""{"tool":"test_things_list","arguments":"{}"}""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""{"tool":"test_things_list","extra":1}""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""{"tool":["test_things_list"]}""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""{"tool":"\ud800"}""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""{"arguments":{}}""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""{"tool":"test_things_list","arguments":{"tenant":"contoso"},"tenant":"fabrikam"}""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""[]""", ErrorCode.InvalidArguments, Call)]
    [InlineData("""{""", ErrorCode.InvalidArguments, Call)]
    [InlineData("", ErrorCode.InvalidArguments, Call)]
    public async Task What_a_reader_may_not_do_is_refused_and_recorded_under_the_name_it_was_refused_for(string arguments, string code, string recorded)
    {
        var ran = 0;
        await using var gate = await TestGateway.StartAsync(TestConnector.Reading(ran: () => ran++), TestConnector.Writing(ran: () => ran++));
        gate.Caller = Some.Caller("reader");

        var outcome = await gate.CallAsync(Call, arguments);

        Assert.Equal(code, Assert.IsType<ToolOutcome.Refused>(outcome).Error.Code);
        Assert.Equal(0, ran);
        Assert.Equal(["open", $"close refused {code}"], gate.AuditLines());
        Assert.Contains(gate.AuditRecords(), record => record.TryGetProperty("tool", out var tool) && tool.GetString() == recorded);
    }

    [Fact]
    public async Task A_write_on_a_read_only_tenant_is_refused()
    {
        var connector = new TestConnector([TestConnector.Writing()]);
        await using var gate = await TestGateway.StartAsync([connector], [Some.Tenant(readOnly: true)]);

        var outcome = await gate.CallAsync(Call, """{"tool":"test_thing_change"}""");

        Assert.Equal(ErrorCode.ReadOnly, Assert.IsType<ToolOutcome.Refused>(outcome).Error.Code);
    }

    [Fact]
    public async Task A_call_that_needs_a_person_is_held_and_runs_once_with_the_approval_beside_the_tool_or_among_its_arguments()
    {
        var ran = 0;
        await using var gate = await TestGateway.StartAsync(
            new TestConnector([TestConnector.Writing(ran: () => ran++)]), new object(), new TestGatewayOptions { Approvals = ApprovalPolicy.Default });

        foreach (var repeat in new[] { """{{"tool":"test_thing_change","arguments":{{"id":3}},"approval":"{0}"}}""", """{{"tool":"test_thing_change","arguments":{{"id":3,"approval":"{0}"}}}}""" })
        {
            var held = Assert.IsType<ToolOutcome.Held>(await gate.CallAsync(Call, """{"tool":"test_thing_change","arguments":{"id":3}}"""));
            Assert.Equal("test_thing_change", (await gate.Approvals.WaitingAsync(CancellationToken.None)).Single().Tool);
            Assert.Null(await gate.ApproveAsync(held.Error.ApprovalId!, "analyst"));
            var approved = string.Format(System.Globalization.CultureInfo.InvariantCulture, repeat, held.Error.ApprovalId);

            Assert.IsType<ToolOutcome.Succeeded>(await gate.CallAsync(Call, approved));
            Assert.IsNotType<ToolOutcome.Succeeded>(await gate.CallAsync(Call, approved));
        }

        Assert.Equal(2, ran);
    }

    [Fact]
    public async Task A_relay_that_is_switched_off_carries_nothing()
    {
        await using var gate = await TestGateway.StartAsync(
            new TestConnector([TestConnector.Reading()]), new object(), new TestGatewayOptions { SwitchedOff = new HashSet<string> { Call } });

        Assert.Equal(ErrorCode.ToolDisabled, Assert.IsType<ToolOutcome.Refused>(await gate.CallAsync(Call, """{"tool":"test_things_list"}""")).Error.Code);
    }

    [Fact]
    public async Task The_limit_on_changes_counts_the_calls_inside()
    {
        await using var gate = await TestGateway.StartAsync(
            new TestConnector([TestConnector.Writing()]), new object(), new TestGatewayOptions { Mutations = new RateLimit(1, TimeSpan.FromMinutes(1)) });

        Assert.IsType<ToolOutcome.Succeeded>(await gate.CallAsync(Call, """{"tool":"test_thing_change"}"""));

        Assert.Equal(ErrorCode.RateLimited, Assert.IsType<ToolOutcome.Refused>(await gate.CallAsync(Call, """{"tool":"test_thing_change"}""")).Error.Code);
    }

    [Fact]
    public async Task The_tenant_is_the_inner_calls_wherever_it_is_named_and_a_foreign_one_is_unknown()
    {
        var connector = new TestConnector([TestConnector.Reading()]);
        await using var gate = await TestGateway.StartAsync([connector], [Some.Tenant(id: "contoso"), Some.Tenant(id: "fabrikam")]);
        gate.Caller = Some.Caller("reader", "agent", "contoso");

        var beside = await gate.ResultAsync(Call, """{"tool":"test_things_list","arguments":{},"tenant":"contoso"}""");
        var foreign = await gate.CallAsync(Call, """{"tool":"test_things_list","tenant":"fabrikam"}""");

        Assert.Equal("contoso", beside.GetProperty("tenant").GetString());
        Assert.Equal(ErrorCode.TenantUnknown, Assert.IsType<ToolOutcome.Refused>(foreign).Error.Code);
    }

    [Fact]
    public async Task Progress_and_cancellation_reach_the_inner_call()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var steps = new List<ToolProgress>();
        var waiting = Tool.Raw<TestConnector.TestClient, TestConnector.Look>(
            ToolAccess.Read, "test_thing_wait", "Waits.", static () => TestJson.Default.Look, async (_, _, context, token) =>
            {
                context.Report(1, 2, "waiting");
                await cancelled.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
                return TestConnector.Json("{}");
            });
        await using var gate = await TestGateway.StartAsync(waiting);

        var outcome = await gate.CallAsync(Call, """{"tool":"test_thing_wait"}""", new Steps(steps), cancelled.Token);

        Assert.Equal(ErrorCode.Cancelled, Assert.IsType<ToolOutcome.Failed>(outcome).Error.Code);
        Assert.Equal("waiting", Assert.Single(steps).Message);
    }

    private sealed class Steps(List<ToolProgress> steps) : IProgress<ToolProgress>
    {
        public void Report(ToolProgress value) => steps.Add(value);
    }
}
