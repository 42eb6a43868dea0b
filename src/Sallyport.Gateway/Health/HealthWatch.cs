using Sallyport.Gateway.Events;

namespace Sallyport.Gateway.Health;

/// <summary>Looks at everything at intervals, and when somebody asks and the last answer is old. Two rounds never run at the same time.</summary>
/// <param name="checks">What to look at; asked anew for each round, because settings change.</param>
public sealed class HealthWatch(Func<IReadOnlyList<HealthCheck>> checks, Func<HealthOptions> options, GateEvents events, TimeProvider time)
{
    private const int MostHistory = 100;

    private readonly Lock _lock = new();
    private readonly Queue<HealthReport> _history = new();
    private Task<HealthReport>? _round;
    private HealthReport? _last;

    /// <summary>The last round, however old; null before the first.</summary>
    public HealthReport? Last => Volatile.Read(ref _last);

    /// <summary>The last rounds, oldest first, at most so many.</summary>
    public IReadOnlyList<HealthReport> History(int most)
    {
        lock (_lock)
            return [.. _history.Skip(Math.Max(0, _history.Count - most))];
    }

    public TimeSpan AgeOf(HealthReport report) => time.GetUtcNow() - report.At;

    /// <summary>The last answer while it is fresh; otherwise that of a round which is waited for.</summary>
    public async Task<HealthReport> CurrentAsync(CancellationToken cancellationToken)
    {
        var report = Last is { } last && AgeOf(last) < HealthOptions.StaleAfter ? last : await Round().WaitAsync(cancellationToken);
        var patience = options().Patience;
        return report with { Checks = await Task.WhenAll(report.Checks.Select(check => check.Check.IsInstant ? LookAsync(check.Check, patience) : Task.FromResult(check))) };
    }

    /// <summary>Looks now, or waits for the round that runs.</summary>
    public Task<HealthReport> LookAsync(CancellationToken cancellationToken) => Round().WaitAsync(cancellationToken);

    /// <summary>Looks at intervals until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options().Interval, time, cancellationToken);
                await Round().WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The gate stops.
        }
    }

    private Task<HealthReport> Round()
    {
        lock (_lock)
        {
            if (_round is null or { IsCompleted: true })
                _round = Task.Run(LookAtAllAsync);
            return _round;
        }
    }

    private async Task<HealthReport> LookAtAllAsync()
    {
        var patience = options().Patience;
        var report = new HealthReport(time.GetUtcNow(), await Task.WhenAll(checks().Select(check => LookAsync(check, patience))));
        Tell(Last, report);
        lock (_lock)
        {
            if (_history.Count == MostHistory)
                _history.Dequeue();
            _history.Enqueue(report);
        }

        Volatile.Write(ref _last, report);
        return report;
    }

    private async Task<CheckedHealth> LookAsync(HealthCheck check, TimeSpan patience)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(patience, time);
        HealthFinding finding;
        try
        {
            // A check that does not honour its token is left behind.
            finding = await check.LookAsync(limit.Token).AsTask().WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            finding = HealthFinding.Broken($"No answer within {patience.TotalSeconds:0.#} s.");
        }
#pragma warning disable CA1031 // A check that breaks is a finding about the gate, and must not hide the others.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            finding = HealthFinding.Broken($"The check itself broke ({broken.GetType().Name}).");
        }

        return new CheckedHealth(check, finding, time.GetUtcNow(), time.GetElapsedTime(started));
    }

    private void Tell(HealthReport? before, HealthReport now)
    {
        var known = before?.Checks.ToDictionary(check => check.Name, check => check.Status, StringComparer.Ordinal) ?? [];
        foreach (var check in now.Checks)
        {
            var was = known.GetValueOrDefault(check.Name, HealthStatus.Healthy);
            if (was != check.Status)
                events.Publish(Changed(check.Name, was, check.Status) with { Tenant = check.Check.Tenant, Reason = check.Finding.Message });
        }

        var overall = before?.Overall ?? HealthStatus.Healthy;
        if (overall != now.Overall)
            events.Publish(Changed("overall", overall, now.Overall));
    }

    private GateEvent Changed(string check, HealthStatus from, HealthStatus to)
        => events.New(GateEventKind.Health) with { Check = check, From = HealthBody.Word(from), To = HealthBody.Word(to) };
}
