using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Plans scans and runs them, a large network block by block, so that a scan that is stopped has whole blocks to show.</summary>
/// <param name="limits">What the operator allows; whether raw sockets may be opened is found out here.</param>
internal sealed class NmapScanner(
    ProgramFinder programs, ProcessRunner runner, RawSockets rawSockets, ScriptShelf shelf, TargetRule targets, ScanLimits limits,
    ProcessLimits processLimits, TimeProvider clock)
{
    /// <summary>Addresses in one run of nmap.</summary>
    private const int BlockPrefix = 26;
    private const int BlockPrefix6 = 122;

    public ScanPlan Plan(ScanTarget target, ScanRequest request)
    {
        var nmap = Find();
        return new ScanPlanner(limits with { HasRawSockets = rawSockets.AreAllowedFor(nmap) }, targets, shelf.For(nmap)).Plan(target, request);
    }

    /// <summary>Runs a plan. Being stopped is an outcome, not an exception.</summary>
    /// <param name="report">Told blocks done, blocks in all and a sentence.</param>
    /// <param name="soFar">Given what is known after each block but the last.</param>
    public async Task<ScanOutcome> RunAsync(
        ScanPlan plan, TimeSpan timeout, Action<double, double, string> report, Action<ScanOutcome>? soFar, CancellationToken cancellationToken)
    {
        var nmap = Find();
        var began = clock.GetTimestamp();
        var blocks = Blocks(plan.Target);
        var progress = new ScanProgress(plan, blocks.Count, report);
        var merged = new ScanMerger(plan, timeout);
        foreach (var block in blocks)
        {
            var left = timeout - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !await RunBlockAsync(nmap, plan, block, left, progress, merged, cancellationToken)) break;
            progress.EndBlock();
            if (block != blocks[^1]) soFar?.Invoke(merged.Build(blocks.Count, clock.GetElapsedTime(began)));
        }

        return merged.Build(blocks.Count, clock.GetElapsedTime(began));
    }

    private async Task<bool> RunBlockAsync(
        string nmap, ScanPlan plan, string block, TimeSpan timeout, ScanProgress progress, ScanMerger merged, CancellationToken cancellationToken)
    {
        using var directory = RunDirectory.Create();
        var request = new ProcessRequest(nmap, plan.ArgumentsFor(block, timeout), directory, timeout)
        {
            Limits = processLimits,
            OnOutputLine = progress.TakeLine,
        };
        var result = await runner.RunAsync(request, cancellationToken);
        var document = directory.PathOf(ScanPlan.OutputFile);
        return merged.Add(result, File.Exists(document) ? await File.ReadAllBytesAsync(document, CancellationToken.None) : []);
    }

    private string Find()
    {
        var nmap = programs.Find("nmap");
        return nmap.Path ?? throw new UpstreamException(UpstreamFailure.Unavailable, nmap.Problem!) { Hint = "Install the package nmap." };
    }

    private static IReadOnlyList<string> Blocks(ScanTarget target)
        => Ipv4Range.TryParse(target.Text, out var range) && range.Prefix < BlockPrefix ? [.. range.Split(BlockPrefix).Select(block => block.ToString())]
        : Ipv6Range.TryParse(target.Text, out var range6) && range6.Prefix < BlockPrefix6 ? [.. range6.Split(BlockPrefix6).Select(block => block.ToString())]
        : [target.Text];
}
