using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sallyport.Core;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Forwarding;
using Sallyport.Gateway.Audit.Sinks;
using Sallyport.Gateway.Audit.Verifying;
using Sallyport.Tests.Gateway.Approvals;

namespace Sallyport.Tests.Gateway.Audit.Sinks;

public sealed class PostgresSinkTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task The_chain_can_be_checked_from_the_database_after_restarts()
    {
        var database = await DatabaseAsync();
        for (var start = 0; start < 2; start++)
        {
            await using var log = await StartAsync(database);
            for (var i = 0; i < 700; i++) await TestLog.CallAsync(log, i);
            await log.OpenCallAsync(TestLog.Call(9, """{"text":"Grüße \u0000 \\ 🔥"}""") with { Caller = "nul\0caller" }, durable: false, default);
        }

        var kept = await ReadAsync(database);
        Assert.Equal(_test.Lines, kept);
        var copy = Path.Combine(_test.Folder, "copy.jsonl");
        File.WriteAllLines(copy, kept);
        Assert.Empty(Assert.Single(AuditVerifier.Verify([copy], [TestLog.Key], [], default).Chains).Findings);
    }

    [Fact]
    public async Task Several_gates_may_write_at_once_and_a_record_that_comes_twice_is_kept_once()
    {
        var database = await DatabaseAsync();
        using var other = new TestLog();
        await Task.WhenAll(new[] { _test, other }.Select(async test =>
        {
            await using var log = await StartAsync(database, test);
            for (var i = 0; i < 100; i++) await TestLog.CallAsync(log, i);
        }));
        File.WriteAllText(_test.File + ".postgres.cursor", "");
        await using (await StartAsync(database)) { }

        var kept = await ReadAsync(database);

        Assert.Equal(_test.Lines.Concat(other.Lines).Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_a_problem_in_safe_words()
    {
        await using var sink = new PostgresSink(new Secret("Host=127.0.0.1;Port=1;Username=gate;Password=hush;Timeout=2"));

        var problem = await Assert.ThrowsAsync<SinkException>(() => sink.SendAsync([], default));

        Assert.Equal("cannot be reached", problem.Message);
    }

    private async Task<Secret> DatabaseAsync()
    {
        if (PostgresServer.Missing is { } reason) Assert.Skip(reason);
        return await server.NewDatabaseAsync();
    }

    private Task<AuditLog> StartAsync(Secret database, TestLog? test = null) => AuditLog.StartAsync(
        new AuditOptions((test ?? _test).File, TestLog.Key, AuditDurability.Os, "gate-1")
        {
            Forwarding = new AuditForwarding([new SinkPlan("postgres", new PostgresSink(database))]),
        },
        TimeProvider.System, NullLogger.Instance, default);

    private static async Task<List<string>> ReadAsync(Secret database)
    {
        await using var connection = new NpgsqlConnection(database.Reveal());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT record FROM sallyport_audit ORDER BY chain, seq", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(reader.GetString(0));
        return lines;
    }
}
