using Sallyport.Gateway.Audit;

namespace Sallyport.Tests.Gateway.Audit;

public sealed class AuditLogConcurrencyTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Thousands_of_calls_at_once_make_one_chain_without_a_gap()
    {
        const int Callers = 32;
        const int CallsEach = 200;
        await using (var log = await _test.StartAsync(durability: AuditDurability.Writes))
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                for (var i = 0; i < CallsEach; i++) await TestLog.CallAsync(log, (caller * CallsEach) + i, durable: i % 20 == 0);
            })));
        }

        var records = _test.Records.ToList();
        Assert.Equal(Enumerable.Range(0, records.Count), records.Select(record => record.GetProperty("seq").GetInt32()));
        Assert.Empty(Assert.Single(_test.Verify().Chains).Findings);
        var calls = records.Where(record => record.TryGetProperty("callId", out _)).GroupBy(record => record.GetProperty("callId").GetString()).ToList();
        Assert.Equal(Callers * CallsEach, calls.Count);
        Assert.All(calls, call => Assert.Equal(["open", "close"], call.Select(record => record.GetProperty("event").GetString())));
    }

    [Fact]
    public async Task A_log_that_is_checked_while_it_is_written_is_intact()
    {
        await using var log = await _test.StartAsync();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++) await TestLog.CallAsync(log, i);
        });

        while (!writing.IsCompleted) Assert.DoesNotContain(_test.Verify().Chains, chain => chain.Findings.Any(finding => !finding.IsAdvisory && finding.Code != "torn_line"));
        await writing;
    }

    [Fact]
    public async Task Closing_the_log_amid_calls_loses_none_that_was_acknowledged_and_leaves_none_waiting()
    {
        var log = await _test.StartAsync(durability: AuditDurability.All);
        var acknowledged = 0;
        var calls = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                await log.OpenCallAsync(TestLog.Call(1), durable: true, default);
                Interlocked.Increment(ref acknowledged);
            }
        })).ToList();
        await Soon.HoldsAsync(() => Volatile.Read(ref acknowledged) >= 50);

        await log.DisposeAsync();

        foreach (var call in calls) await Assert.ThrowsAsync<AuditUnavailableException>(() => call);
        Assert.Equal(acknowledged, _test.Events.Count(name => name == "open"));
        Assert.Equal("checkpoint", _test.Events.Last());
        Assert.Empty(Assert.Single(_test.Verify().Chains).Findings);
    }
}
