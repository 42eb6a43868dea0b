using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Running;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Scans for callers: while they wait, in the background, or first the one and then the other.</summary>
internal sealed class Scans(
    NmapScanner scanner, TargetResolver resolver, Slots.SlotKind places, ScanJobs jobs, NetworkSettings settings, ILogger log, TimeProvider clock)
{
    /// <summary>Addresses that nmap takes in one call.</summary>
    public const int MaxAddresses = 1024;

    private readonly RecentReports _recent = new(clock);

    public async Task<ToolContent> RunAsync(ScanPorts scan, ToolContext context, CancellationToken cancellationToken)
    {
        if (context.Continues) return Content(_recent.Find(scan), scan.Detail);
        if (scan.WaitSec is { } seconds)
        {
            var waited = await WaitAsync(scan, TimeSpan.FromSeconds(seconds), context, cancellationToken);
            return Content(waited, scan.Detail, scan.RawXml ? Attachments(jobs.RawOf(waited.ScanId!), waited.ScanId!) : []);
        }

        var began = clock.GetTimestamp();
        var plan = await PlanAsync(scan, context, cancellationToken);
        using var place = await places.EnterAsync(cancellationToken);
        var outcome = await scanner.RunAsync(plan, TimeoutOf(scan), (done, all, what) => context.Report(done, all, what), soFar: null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        NetworkLog.ScanEnded(log, context.CallId, outcome);
        outcome.ThrowIfNothingLearnt();
        context.CountsAs = outcome.CountsAs;
        var report = ScanReports.Of(outcome, clock.GetElapsedTime(began), scan.CorrelationId ?? context.CallId);
        _recent.Keep(scan, report);
        return Content(report, scan.Detail, scan.RawXml ? Attachments(outcome.Documents, context.CallId) : []);
    }

    /// <summary>The newest scans that callers waited for and that have no handle.</summary>
    public IEnumerable<(ScanReport Report, DateTime Found)> Recent => _recent.All().Where(recent => recent.Report.ScanId is null);

    public Task<ScanJob> StartAsync(ScanPorts scan, ToolContext context, CancellationToken cancellationToken)
        => StartAsync(scan, context, watch: null, cancellationToken);

    /// <summary>What a background scan has found, whole or so far.</summary>
    public ScanReport ResultOf(string scanId, ResultDetail detail) => ScanReports.In(FullResultOf(scanId), detail);

    /// <summary>The same for a caller, with nmap's own documents when they are wanted.</summary>
    public ToolContent ContentOf(ScanResultRef scan) => Content(FullResultOf(scan.ScanId), scan.Detail, scan.RawXml ? Attachments(jobs.RawOf(scan.ScanId), scan.ScanId) : []);

    public ScanDiff Compare(CompareScans scans) => ScanDiff.Of(scans.Before, FullResultOf(scans.Before), scans.After, FullResultOf(scans.After));

    private async Task<ScanJob> StartAsync(ScanPorts scan, ToolContext context, Action<double, double, string>? watch, CancellationToken cancellationToken)
        => jobs.Start(scan, await PlanAsync(scan, context, cancellationToken), TimeoutOf(scan), watch);

    private async Task<ScanReport> WaitAsync(ScanPorts scan, TimeSpan longest, ToolContext context, CancellationToken cancellationToken)
    {
        var isWaiting = true;
        var job = await StartAsync(scan, context, (done, all, what) =>
        {
            if (Volatile.Read(ref isWaiting)) context.Report(done, all, what);
        }, cancellationToken);
        try
        {
            await jobs.WaitAsync(job.ScanId, longest, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Nobody has its handle: it would run for nobody.
            await jobs.CancelAsync(job.ScanId, CancellationToken.None);
            throw;
        }
        finally
        {
            Volatile.Write(ref isWaiting, false);
        }

        var report = FullResultOf(job.ScanId);
        _recent.Keep(scan, report);
        return report;
    }

    private ScanReport FullResultOf(string scanId)
    {
        var job = jobs.Get(scanId);
        var report = jobs.ReportOf(scanId);
        if (report is null && job.Status == ScanJobStatus.Failed) throw new UpstreamException(UpstreamFailure.Rejected, job.Error ?? "The scan failed.");
        return (report ?? ScanReports.NothingOf(job)) with { ScanId = scanId, Status = job.Status };
    }

    private async Task<ScanPlan> PlanAsync(ScanPorts scan, ToolContext context, CancellationToken cancellationToken)
    {
        var target = await resolver.RequireAsync(scan.Target, MaxAddresses, cancellationToken);
        var plan = scanner.Plan(target, scan.ToRequest()) with { Tool = context.Tool };
        if (plan.IsIntrusive) NetworkLog.IntrusiveGranted(log, context.CallId, plan.Scripts.Count);
        NetworkLog.ScanStarts(log, context.CallId, target.Addresses, plan.Probes);
        return plan;
    }

    private TimeSpan TimeoutOf(ScanPorts scan) => TimeSpan.FromSeconds(Math.Min(scan.TimeoutSec ?? settings.ScanSeconds, settings.MaxSeconds));

    private static ToolContent Content(ScanReport report, ResultDetail detail, params IReadOnlyList<ToolAttachment> attachments)
        => ToolContent.FromJson(ToolContent.From(ScanReports.In(report, detail), NetworkToolsJson.Default.ScanReport).Bytes, attachments);

    private static IReadOnlyList<ToolAttachment> Attachments(IReadOnlyList<ReadOnlyMemory<byte>> documents, string id)
        => [.. documents.Select((document, part) => new ToolAttachment($"network://scans/{id}/{part + 1}.xml", "application/xml", document))];
}
