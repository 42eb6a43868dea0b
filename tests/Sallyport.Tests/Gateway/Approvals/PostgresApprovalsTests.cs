using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Postgres;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Approvals;

public sealed class PostgresApprovalsTests(PostgresServer server) : ApprovalStoreRules, IClassFixture<PostgresServer>
{
    private Secret? _database;

    [Fact]
    public async Task Of_two_gates_that_race_for_one_approval_exactly_one_runs_the_call()
    {
        var runs = 0;
        var clock = new FakeClock();
        await using var one = await GateAsync(() => Interlocked.Increment(ref runs), clock);
        await using var other = await GateAsync(() => Interlocked.Increment(ref runs), clock);
        var id = (await one.CallAsync("test_thing_change")).Problem!.ApprovalId!;
        await other.ApproveAsync(id);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).CallAsync("test_thing_change", $$"""{"approval":"{{id}}"}"""))));

        Assert.Equal(1, runs);
        Assert.Single(outcomes, outcome => outcome is ToolOutcome.Succeeded);
        Assert.All(outcomes.Where(outcome => outcome is not ToolOutcome.Succeeded), outcome => Assert.Equal(ErrorCode.ApprovalRequired, outcome.Problem!.Code));
    }

    [Fact]
    public async Task A_row_that_was_edited_by_hand_counts_for_nothing()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var database = await server.NewDatabaseAsync();
        await using var store = new PostgresApprovals(database, new HeldCallSeal([AuditKey.Parse("a key that only the gate has 0123456789")], NullLogger.Instance));
        var call = await store.AddAsync(Held(), 100, Now, Token);
        Assert.True(await store.TryReplaceAsync(call!, call! with { TaintedBy = ["call-1"] }, Token));
        Assert.Equal(1, (await store.FindAsync(call.Id, Token))!.Version);
        await using var source = NpgsqlDataSource.Create(database.Reveal());
        foreach (var edit in (string[])["version = 0", $"id = '{HeldCall.NewId()}'", "held = replace(held, '\"Waiting\"', '\"Approved\"')", "held = regexp_replace(held, '\"Seal\":\"[0-9a-f]+\"', '\"Seal\":null')"])
        {
            var other = await store.AddAsync(Held(digest: edit), 100, Now, Token);
            Assert.True(await store.TryReplaceAsync(other!, other! with { TaintedBy = ["call-2"] }, Token));
            await using (var command = source.CreateCommand($"UPDATE sallyport_approvals SET {edit} WHERE id = '{other.Id}'"))
                Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
            Assert.Equal([call.Id], (await store.ListAsync(Token)).Select(held => held.Id));
        }
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_said_plainly()
    {
        await using var store = new PostgresApprovals(new Secret("Host=127.0.0.1;Port=1;Username=gate;Password=canary-db-0815;Timeout=2"));

        var failure = await Assert.ThrowsAsync<ApprovalsUnavailableException>(() => store.AddAsync(Held(), 100, Now, Token));

        Assert.DoesNotContain("canary-db-0815", failure.Message, StringComparison.Ordinal);
    }

    protected override async Task<IApprovalStore> OpenAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        return new PostgresApprovals(_database ??= await server.NewDatabaseAsync());
    }

    private async Task<TestGateway> GateAsync(Action ran, FakeClock clock) => await TestGateway.StartAsync(
        new TestConnector([TestConnector.Writing(ran: ran)]), new object(), new TestGatewayOptions { Approvals = ApprovalPolicy.Default, Store = await OpenAsync(), Clock = clock });
}
