using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sallyport.Connectors.Network.Nmap.Planning;

namespace Sallyport.Connectors.Network.Jobs;

/// <summary>The background scans of one tenant that wait or run, whichever of its settings they were started under.</summary>
internal sealed class RunningScans : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunningScan> _scans = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    public int Count => _scans.Count;

    public IEnumerable<RunningScan> All => _scans.Values;

    public bool TryFind(string scanId, [NotNullWhen(true)] out RunningScan? scan) => _scans.TryGetValue(scanId, out scan);

    public RunningScan Add(ScanJob job, ScanPlan plan)
        => _scans[job.ScanId] = new RunningScan(job, plan, CancellationTokenSource.CreateLinkedTokenSource(_closing.Token));

    public void Remove(RunningScan scan)
    {
        _scans.TryRemove(scan.Job.ScanId, out _);
        scan.Dispose();
    }

    /// <summary>Stops all of them and waits until they have stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_scans.Values.Select(scan => scan.Task));
        _closing.Dispose();
    }
}

/// <summary>One background scan that waits or runs.</summary>
internal sealed class RunningScan(ScanJob job, ScanPlan plan, CancellationTokenSource stop) : IDisposable
{
    public ScanJob Job { get; set; } = job;

    public ScanPlan Plan => plan;

    public CancellationToken Stopping { get; } = stop.Token;

    /// <summary>Why somebody stopped it, in one sentence; null while nobody has.</summary>
    public string? WhyStopped { get; private set; }

    public Task Task { get; set; } = Task.CompletedTask;

    public async Task StopAsync(string why)
    {
        WhyStopped ??= why;
        try
        {
            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this very moment.
        }
    }

    public void Dispose() => stop.Dispose();
}
