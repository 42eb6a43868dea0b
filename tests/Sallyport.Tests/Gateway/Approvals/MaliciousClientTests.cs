using System.Text;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Approvals;

/// <summary>A client that accepts everything, replays, swaps, races and forges, against policies that let it hope.</summary>
public sealed class MaliciousClientTests : IAsyncLifetime
{
    private const string Change = "test_thing_change";
    private const string Seven = """{"id":7,"tenant":"contoso"}""";

    private static readonly ApprovalPolicy Acknowledging = ApprovalPolicy.Default with { AcknowledgementCounts = true };

    private TestGateway _gate = null!;
    private int _runs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gate = await TestGateway.StartAsync(
        [new TestConnector([TestConnector.Writing(Change, () => Interlocked.Increment(ref _runs)), TestConnector.Reading()])],
        [Some.Tenant(), Some.Tenant(id: "fabrikam")], new TestGatewayOptions { Approvals = Acknowledging });

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    [Fact]
    public async Task Where_policy_lets_the_yes_at_the_client_count_it_counts_once()
    {
        var state = await AskedAsync();

        Assert.IsType<ToolOutcome.Succeeded>(await AnswerAsync(state));
        await NothingMoreAsync(state);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Where_policy_does_not_its_yes_changes_nothing()
    {
        _gate.Approvals.Policy = ApprovalPolicy.Default;
        var state = await AskedAsync();

        Assert.IsType<ToolOutcome.Held>(await AnswerAsync(state));
        await NothingMoreAsync(state);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task Its_yes_is_never_one_of_two_people()
    {
        _gate.Approvals.Policy = Acknowledging with { Approvers = 2 };

        Assert.IsType<ToolOutcome.Held>(await AnswerAsync(await AskedAsync()));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task A_yes_that_counted_when_it_was_asked_for_counts_no_more_when_policy_has_changed()
    {
        var state = await AskedAsync();
        _gate.Approvals.Policy = ApprovalPolicy.Default;

        Assert.IsType<ToolOutcome.Held>(await AnswerAsync(state));
        Assert.Equal(0, _runs);
    }

    [Theory]
    [InlineData("""{"id":8,"tenant":"contoso"}""")]
    [InlineData("""{"id":7,"note":"more","tenant":"contoso"}""")]
    [InlineData("""{"id":7.0,"tenant":"contoso"}""")]
    [InlineData("""{"id":7,"id":8,"tenant":"contoso"}""")]
    [InlineData("""{"id":7,"tenant":"fabrikam"}""")]
    public async Task Other_arguments_or_another_tenant_under_the_same_state_or_id_do_not_run(string swapped)
    {
        var state = await AskedAsync();
        var approved = (await HeldAsync("""{"id":9,"tenant":"contoso"}""")).Id;
        await _gate.ApproveAsync(approved);

        Assert.IsNotType<ToolOutcome.Succeeded>(await AnswerAsync(state, swapped));
        Assert.IsNotType<ToolOutcome.Succeeded>(await _gate.CallAsync(Change, swapped[..^1] + $",\"approval\":\"{approved}\"}}"));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task Another_caller_can_use_neither_the_state_nor_the_approval()
    {
        var state = await AskedAsync();
        var held = await HeldAsync(Seven);
        await _gate.ApproveAsync(held.Id);
        _gate.Caller = Some.Caller(subject: "thief");

        await RefusedAsync(state);
        Assert.Equal(ErrorCode.ApprovalRequired, (await UseAsync(held.Id)).Problem!.Code);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task Of_many_answers_at_once_under_one_state_one_runs()
    {
        var state = await AskedAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => AnswerAsync(state))));

        Assert.Equal(1, _runs);
        Assert.Single(outcomes, outcome => outcome is ToolOutcome.Succeeded);
    }

    [Fact]
    public async Task Forged_truncated_lengthened_and_recombined_states_are_refused_and_use_nothing_up()
    {
        var state = await AskedAsync();
        var other = (await HeldAsync("""{"id":9,"tenant":"contoso"}""")).Id;
        var (id, secret) = (state[..state.IndexOf('.')], state[(state.IndexOf('.') + 1)..]);
        string[] forged =
        [
            "", ".", id, $"{id}.", $"{id}.{new string('0', secret.Length)}", state[..^1], state + "0", state.ToUpperInvariant(), $" {state}", $"{state}\n",
            $"{other}.{secret}", $"../{state}", $".{secret}", $"{id}.{id}", new string('.', 100_000), "\u0000" + state,
        ];

        foreach (var text in forged)
            await RefusedAsync(text);

        Assert.Equal(0, _runs);
        Assert.IsType<ToolOutcome.Succeeded>(await AnswerAsync(state));
    }

    [Fact]
    public async Task After_a_no_a_yes_comes_too_late()
    {
        var state = await AskedAsync();

        Assert.Equal(ErrorCode.Forbidden, (await AnswerAsync(state, verdict: ClientVerdict.No)).Problem!.Code);
        await NothingMoreAsync(state);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task A_closed_question_is_no_yes_and_is_answered()
    {
        var state = await AskedAsync();

        Assert.IsType<ToolOutcome.Held>(await AnswerAsync(state, verdict: ClientVerdict.None));
        await NothingMoreAsync(state);
    }

    [Fact]
    public async Task An_older_question_about_the_same_call_is_closed_by_a_newer_one()
    {
        var older = await AskedAsync();
        var newer = await AskedAsync();

        await RefusedAsync(older);
        Assert.IsType<ToolOutcome.Succeeded>(await AnswerAsync(newer));
    }

    [Fact]
    public async Task Once_it_has_expired_neither_state_nor_approval_is_good()
    {
        var state = await AskedAsync();
        var held = await HeldAsync("""{"id":9,"tenant":"contoso"}""");
        await _gate.ApproveAsync(held.Id);
        _gate.Clock.Advance(TimeSpan.FromMinutes(15));

        await RefusedAsync(state);
        Assert.Equal(ErrorCode.ApprovalRequired, (await UseAsync(held.Id, """{"id":9,"tenant":"contoso"}""")).Problem!.Code);
        Assert.Equal(0, _runs);
    }

    [Theory]
    [InlineData("agent")]
    public async Task It_cannot_approve_its_own_call_over_any_channel(string subject)
    {
        var held = await HeldAsync(Seven);

        foreach (var channel in new[] { "http", "page", "cli" })
            Assert.NotNull(await _gate.Approvals.DecideAsync(held.Id, new Approver(subject, channel), isApproved: true, Token));
        Assert.Equal(0, _runs);
        Assert.DoesNotContain(_gate.AuditRecords(), record => record.GetProperty("event").GetString() == "decision");
    }

    [Theory]
    [InlineData("open-access")]
    [InlineData("stdio")]
    [InlineData("account")]
    public void Without_its_proof_it_may_not_decide_as_somebody_else(string proof)
        => Assert.False(_gate.Authorizer.MayApprove(new Caller("open-access", "admin", ["*"], proof)));

    [Theory]
    [InlineData("\"approval\":[\"{0}\"]")]
    [InlineData("\"approval\":{{\"id\":\"{0}\"}}")]
    [InlineData("\"approval\":\"{0}\",\"approval\":\"{0}\"")]
    [InlineData("\"Approval\":\"{0}\"")]
    [InlineData("\"approval\":\"{0} \"")]
    [InlineData("\"approval\":\"../{0}\"")]
    [InlineData("\"approval\":true")]
    public async Task An_approval_in_a_form_that_nobody_gave_out_is_none(string form)
    {
        var held = await HeldAsync(Seven);
        await _gate.ApproveAsync(held.Id);

        var member = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, held.Id);

        Assert.IsNotType<ToolOutcome.Succeeded>(await _gate.CallAsync(Change, Seven[..^1] + $",{member}}}"));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task An_answer_beside_a_read_is_refused()
    {
        var state = await AskedAsync();

        var outcome = await _gate.Pipeline.RunAsync(
            new ToolCallRequest(_gate.Caller, "test_things_list", Encoding.UTF8.GetBytes("""{"tenant":"contoso"}""")) { Answer = new ClientAnswer(state, ClientVerdict.Yes) }, Token);

        Assert.Equal(ToolOutcome.RequestState, Assert.IsType<ToolOutcome.Refused>(outcome).Gate);
    }

    [Fact]
    public async Task It_cannot_fill_the_list_of_waiting_calls_beyond_its_share()
    {
        for (var i = 1; i <= 100; i++)
            await HeldAsync($$"""{"id":{{i}},"tenant":"contoso"}""");

        Assert.Equal(ErrorCode.RateLimited, (await _gate.CallAsync(Change, """{"id":101,"tenant":"contoso"}""")).Problem!.Code);
        _gate.Caller = Some.Caller(subject: "somebody else");
        await HeldAsync(Seven);
    }

    /// <summary>Neither the same answer again nor the bare id runs anything.</summary>
    private async Task NothingMoreAsync(string state)
    {
        var runs = _runs;
        await RefusedAsync(state);
        Assert.IsNotType<ToolOutcome.Succeeded>(await UseAsync(state[..state.IndexOf('.')]));
        Assert.Equal(runs, _runs);
    }

    private async Task RefusedAsync(string state)
        => Assert.Equal(ToolOutcome.RequestState, Assert.IsType<ToolOutcome.Refused>(await AnswerAsync(state)).Gate);

    private async Task<HeldCall> HeldAsync(string arguments)
        => Assert.IsType<ToolOutcome.Held>(await _gate.CallAsync(Change, arguments)).Error.Held!.Call;

    private async Task<string> AskedAsync() => (await _gate.Approvals.AskAsync(await HeldAsync(Seven), Token))!;

    private Task<ToolOutcome> UseAsync(string id, string arguments = Seven) => _gate.CallAsync(Change, arguments[..^1] + $",\"approval\":\"{id}\"}}");

    private Task<ToolOutcome> AnswerAsync(string state, string arguments = Seven, ClientVerdict verdict = ClientVerdict.Yes)
        => _gate.Pipeline.RunAsync(new ToolCallRequest(_gate.Caller, Change, Encoding.UTF8.GetBytes(arguments)) { Answer = new ClientAnswer(state, verdict) }, Token);
}
