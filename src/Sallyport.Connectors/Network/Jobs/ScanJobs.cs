using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Running;
using Sallyport.Core;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Jobs;

/// <summary>Runs scans in the background and keeps what they find, so that a scan may take longer than its caller waits.</summary>
internal sealed class ScanJobs
{
    /// <summary>Jobs that wait or run at once.</summary>
    private const int MaxActive = 20;

    private readonly RunningScans _running;
    private readonly NmapScanner _scanner;
    private readonly Slots.SlotKind _slots;
    private readonly ScanJobFiles _files;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly Action<WorkNote>? _tell;

    /// <param name="running">Those of this tenant that go on from earlier settings.</param>
    /// <param name="tell">Told how far each scan is, whoever waits for it.</param>
    public ScanJobs(NmapScanner scanner, Slots.SlotKind slots, RunningScans running, ScanJobFiles files, ILogger log, TimeProvider clock, Action<WorkNote>? tell = null)
    {
        (_scanner, _slots, _running, _files, _log, _clock, _tell) = (scanner, slots, running, files, log, clock, tell);
        foreach (var job in files.All().Where(job => !job.IsOver && !running.TryFind(job.ScanId, out _) && !IsRunElsewhere(job)))
            files.Save(job with { Status = ScanJobStatus.Interrupted, Finished = Now, Error = "The gate stopped while this scan ran." });
    }

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    /// <summary>Starts a scan that has been planned already, so that a refusal reaches the caller at once.</summary>
    /// <param name="watch">Told of progress as long as someone waits.</param>
    public ScanJob Start(ScanPorts request, ScanPlan plan, TimeSpan timeout, Action<double, double, string>? watch)
    {
        if (_running.Count >= MaxActive)
            throw new UpstreamException(UpstreamFailure.Throttled, $"{MaxActive} background scans wait or run already.") { Hint = "Cancel one, or wait.", SaysNothingOfHealth = true };
        // A schedule whose scan takes longer than its interval must not pile up.
        if (request.CorrelationId is { } own && _running.All.Any(running => running.Job.Request.CorrelationId == own))
            throw new UpstreamException(UpstreamFailure.Conflict, "A scan with this correlation_id waits or runs already.");
        _files.RemoveOldest();
        var job = new ScanJob(CallId.New(_clock), ScanJobStatus.Queued, Now, request, ProcessId: Environment.ProcessId);
        _files.Save(job);
        var running = _running.Add(job, plan);
        running.Task = Task.Run(() => RunAsync(running, timeout, watch), CancellationToken.None);
        return job;
    }

    public ScanJob Get(string scanId) => _running.TryFind(scanId, out var running) ? running.Job : _files.Find(scanId) ?? throw Unknown();

    public IEnumerable<ScanJob> All() => _files.All().Select(job => _running.TryFind(job.ScanId, out var running) ? running.Job : job);

    /// <summary>What is known so far; null while nothing is.</summary>
    public ScanReport? ReportOf(string scanId) => _files.ReportOf(scanId);

    /// <summary>nmap's own documents, as far as there are any.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> RawOf(string scanId) => _files.RawOf(scanId);

    /// <summary>Stops a scan and waits until it has stopped; one that is over is left as it is.</summary>
    public async Task<ScanJob> CancelAsync(string scanId, CancellationToken cancellationToken)
    {
        if (_running.TryFind(scanId, out var running))
        {
            await running.StopAsync("The scan was cancelled; what it had found until then is kept.");
            await running.Task.WaitAsync(cancellationToken);
        }

        return Get(scanId);
    }

    /// <summary>Waits for the end of a scan, but not longer than <paramref name="longest"/>.</summary>
    public async Task WaitAsync(string scanId, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (!_running.TryFind(scanId, out var running)) return;
        try
        {
            await running.Task.WaitAsync(longest, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on without its caller.
        }
    }

    /// <summary>Stops what the tenant's new settings would not start any more; nobody waits for it.</summary>
    /// <param name="problem">Why a scan may not go on, given whether it runs already; null when it may.</param>
    public void StopWhere(Func<ScanPlan, bool, string?> problem)
    {
        foreach (var scan in _running.All)
        {
            if (problem(scan.Plan, scan.Job.Status == ScanJobStatus.Running) is { } why) _ = scan.StopAsync(why);
        }
    }

    private async Task RunAsync(RunningScan running, TimeSpan timeout, Action<double, double, string>? watch)
    {
        var began = _clock.GetTimestamp();
        try
        {
            using var place = await _slots.EnterAsync(Timeout.InfiniteTimeSpan, running.Stopping);
            Update(running, running.Job with { Status = ScanJobStatus.Running, Started = Now });
            _tell?.Invoke(new WorkNote(running.Job.ScanId, "started"));
            var outcome = await _scanner.RunAsync(
                running.Plan, timeout, (done, total, what) =>
                {
                    running.Job = running.Job with { Done = done, Total = total, Progress = what };
                    watch?.Invoke(done, total, what);
                    _tell?.Invoke(new WorkNote(running.Job.ScanId, "progress", done, total));
                },
                partial => Keep(running, partial, began), running.Stopping);
            Keep(running, outcome, began);
            outcome.ThrowIfNothingLearnt();
            NetworkLog.ScanEnded(_log, running.Job.ScanId, outcome);
            if (outcome.End == ProcessEnd.Cancelled) End(running, Stopped(running), running.WhyStopped ?? outcome.Problem);
            else End(running, ScanJobStatus.Completed, outcome.Problem);
        }
        catch (OperationCanceledException)
        {
            End(running, Stopped(running), running.WhyStopped ?? "Stopped while it waited for a place.");
        }
        catch (UpstreamException e)
        {
            End(running, ScanJobStatus.Failed, e.Message);
        }
#pragma warning disable CA1031 // Nobody waits for this task: a bug must end the job, not vanish with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NetworkLog.JobBroke(_log, running.Job.ScanId, e.GetType().Name, e.StackTrace);
            End(running, ScanJobStatus.Failed, $"Something broke inside the gate; the operator finds it under scan id {running.Job.ScanId}.");
        }
    }

    /// <summary>A command of the operator opens the same state while the gate that runs the scan lives on.</summary>
    private static bool IsRunElsewhere(ScanJob job)
    {
        if (job.ProcessId == Environment.ProcessId) return false;
        try
        {
            using var process = Process.GetProcessById(job.ProcessId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private void Keep(RunningScan running, ScanOutcome outcome, long began)
    {
        _files.SaveRaw(running.Job.ScanId, outcome.Documents);
        _files.Save(running.Job.ScanId, ScanReports.Of(outcome, _clock.GetElapsedTime(began), running.Job.Request.CorrelationId ?? running.Job.ScanId));
        Update(running, running.Job with { Hosts = outcome.Run.Totals.HostsUp });
    }

    private void End(RunningScan running, ScanJobStatus status, string? error)
    {
        Update(running, running.Job with { Status = status, Finished = Now, Error = error });
        _tell?.Invoke(new WorkNote(running.Job.ScanId, "finished", Outcome: status.ToString().ToLowerInvariant()));
        _running.Remove(running);
    }

    private void Update(RunningScan running, ScanJob job) => _files.Save(running.Job = job);

    private static ScanJobStatus Stopped(RunningScan running) => running.WhyStopped is not null ? ScanJobStatus.Cancelled : ScanJobStatus.Interrupted;

    private static UpstreamException Unknown() => new(UpstreamFailure.NotFound, "No scan has this id.") { Hint = "List the scans and use an id from there." };
}
