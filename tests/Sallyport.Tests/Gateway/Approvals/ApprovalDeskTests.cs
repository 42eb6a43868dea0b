using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Approvals;

public sealed class ApprovalDeskTests
{
    private const string Change = "test_thing_change";

    private int _runs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_by_rule_are_two_different_people()
    {
        await using var gateway = await StartAsync(ApprovalPolicy.Default with { Approvers = 2 });
        var id = await HeldAsync(gateway);

        Assert.Null(await gateway.ApproveAsync(id, "alice"));
        Assert.NotNull(await gateway.ApproveAsync(id, "alice"));
        Assert.IsType<ToolOutcome.Held>(await UseAsync(gateway, id));
        Assert.NotNull(await gateway.ApproveAsync(id, "agent"));
        Assert.Equal(0, _runs);
        Assert.Null(await gateway.ApproveAsync(id, "bob"));
        Assert.IsType<ToolOutcome.Succeeded>(await UseAsync(gateway, id));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task One_no_of_two_people_is_a_no()
    {
        await using var gateway = await StartAsync(ApprovalPolicy.Default with { Approvers = 2 });
        var id = await HeldAsync(gateway);
        await gateway.ApproveAsync(id, "alice");
        await gateway.Approvals.DecideAsync(id, new Approver("bob", "http"), isApproved: false, Token);

        Assert.NotNull(await gateway.ApproveAsync(id, "carol"));
        Assert.Equal(ErrorCode.Forbidden, (await UseAsync(gateway, id)).Problem!.Code);
    }

    [Fact]
    public async Task Each_decision_is_in_the_audit_with_who_how_and_what_for()
    {
        await using var gateway = await StartAsync(ApprovalPolicy.Default);
        var id = await HeldAsync(gateway);
        await gateway.Approvals.DecideAsync(id, new Approver("alice", "page"), isApproved: true, Token);

        var records = gateway.AuditRecords();
        var decision = records.Single(record => record.GetProperty("event").GetString() == "decision");
        string Text(string member) => decision.GetProperty(member).GetString()!;
        Assert.Equal((id, "alice", "approved", "page", Change, "contoso"), (Text("approval"), Text("caller"), Text("outcome"), Text("channel"), Text("tool"), Text("tenant")));
        Assert.Equal(records.First(record => record.GetProperty("event").GetString() == "open").GetProperty("callId").GetString(), Text("callId"));
        Assert.Matches("^[0-9a-f]{64}$", Text("argumentsDigest"));
    }

    [Fact]
    public async Task Of_many_decisions_at_once_one_stands_and_the_audit_takes_the_others_back()
    {
        await using var gateway = await StartAsync(ApprovalPolicy.Default);
        var id = await HeldAsync(gateway);

        var problems = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => gateway.ApproveAsync(id, $"person {i}"))));

        Assert.Single(problems, problem => problem is null);
        var outcomes = gateway.AuditRecords().Where(record => record.GetProperty("event").GetString() == "decision").GroupBy(record => record.GetProperty("outcome").GetString()).ToDictionary(group => group.Key!, group => group.Count());
        Assert.Equal(1, outcomes["approved"] - outcomes.GetValueOrDefault("void"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_decision_is_carried_through_although_whoever_decided_has_hung_up(int replacements)
    {
        using var person = new CancellationTokenSource();
        await using var store = new HangUpStore(person, replacements);
        await using var gateway = await StartAsync(ApprovalPolicy.Default, store);
        var id = await HeldAsync(gateway);

        Assert.Null(await gateway.Approvals.DecideAsync(id, new Approver("alice", "http"), isApproved: true, person.Token));

        Assert.True(person.IsCancellationRequested);
        Assert.Single(gateway.AuditRecords(), record => record.GetProperty("event").GetString() == "decision");
        Assert.IsType<ToolOutcome.Succeeded>(await UseAsync(gateway, id));
    }

    [Fact]
    public async Task Who_hangs_up_before_anything_is_recorded_has_decided_nothing()
    {
        using var person = new CancellationTokenSource();
        await using var gateway = await StartAsync(ApprovalPolicy.Default);
        var id = await HeldAsync(gateway);
        await person.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gateway.Approvals.DecideAsync(id, new Approver("alice", "http"), isApproved: true, person.Token));

        Assert.DoesNotContain(gateway.AuditRecords(), record => record.GetProperty("event").GetString() == "decision");
        Assert.IsType<ToolOutcome.Held>(await UseAsync(gateway, id));
    }

    [Fact]
    public async Task An_approval_given_under_milder_terms_is_not_enough_under_stricter_ones()
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-desk-");
        await using var store = new Sallyport.Gateway.Approvals.Files.ApprovalFiles(folder.FullName);
        var clock = new FakeClock();
        await using var mild = await StartAsync(ApprovalPolicy.Default, store, clock);
        await using var strict = await StartAsync(ApprovalPolicy.Default with { Approvers = 2 }, store, clock);
        var id = await HeldAsync(mild);
        await mild.ApproveAsync(id);

        Assert.Equal(ErrorCode.ApprovalRequired, (await UseAsync(strict, id)).Problem!.Code);
        Assert.Equal(0, _runs);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_held_answer_says_what_would_happen_to_what_and_how_a_person_decides()
    {
        await using var gateway = await StartAsync(ApprovalPolicy.Default with { Approvers = 2 });

        var outcome = await gateway.CallAsync(Change, """{"id":7,"note":"secret plans"}""");

        var json = System.Text.Encoding.UTF8.GetString(ErrorJson.ToUtf8(outcome).Span);
        var id = outcome.Problem!.ApprovalId!;
        Assert.Contains($"sallyport approvals approve {id}", json, StringComparison.Ordinal);
        Assert.Contains($"/approvals/{id}", json, StringComparison.Ordinal);
        Assert.Contains("""
            "held":{"tool":"test_thing_change","does":"Changes a thing.","tenant":"contoso","arguments":{"id":7,"note":{"length":12,
            """.Trim(), json, StringComparison.Ordinal);
        Assert.Contains("\"approvers\":2,\"approved\":0", json, StringComparison.Ordinal);
        Assert.DoesNotContain("secret plans", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_nothing_runs()
    {
        var file = Path.GetTempFileName();
        await using var store = new Sallyport.Gateway.Approvals.Files.ApprovalFiles(Path.Combine(file, "approvals"));
        await using var gateway = await StartAsync(ApprovalPolicy.Default, store);

        Assert.Equal(ErrorCode.ApprovalUnavailable, (await gateway.CallAsync(Change)).Problem!.Code);
        Assert.Equal(0, _runs);
        File.Delete(file);
    }

    private Task<TestGateway> StartAsync(ApprovalPolicy policy, IApprovalStore? store = null, FakeClock? clock = null) => TestGateway.StartAsync(
        new TestConnector([TestConnector.Writing(Change, () => Interlocked.Increment(ref _runs))]), new object(), new TestGatewayOptions { Approvals = policy, Store = store, Clock = clock });

    private static async Task<string> HeldAsync(TestGateway gateway)
        => Assert.IsType<ToolOutcome.Held>(await gateway.CallAsync(Change)).Error.ApprovalId!;

    private static Task<ToolOutcome> UseAsync(TestGateway gateway, string id) => gateway.CallAsync(Change, $$"""{"approval":"{{id}}"}""");
}
