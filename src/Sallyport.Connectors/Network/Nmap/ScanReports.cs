using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap.Results;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Writes what a scan brought back as the result that a caller gets.</summary>
internal static class ScanReports
{
    /// <summary>nmap's own text repeats the data; a compact result keeps only its beginning.</summary>
    private const int CompactText = 4096;

    /// <summary>Everything that is known.</summary>
    public static ScanReport Of(ScanOutcome outcome, TimeSpan elapsed, string correlationId)
    {
        var plan = outcome.Plan;
        var run = plan.Options.Contains("-v") || plan.Options.Contains("-vv") ? outcome.Run : NmapView.WithoutDownHosts(outcome.Run);
        return new ScanReport(
            run.Scanner, run.Complete, run.Totals, run.Hosts, outcome.End == ProcessEnd.TimedOut, outcome.ExitCode, outcome.Problem, outcome.ProblemKind,
            Round(elapsed), correlationId,
            new ScanMetadata(
                plan.ArgumentsFor(plan.Target.Text, outcome.Timeout), plan.Probes, plan.IsIntrusive, Round(outcome.RunTime), outcome.Output.TotalBytes, plan.Downgrade,
                plan.Scripts.Count == 0 ? null : plan.Scripts),
            run.Version, run.IncompleteReason, Warnings(outcome.Error.Text), run.Exit, run.ErrorMessage, run.Started, run.Finished, run.ElapsedSeconds,
            run.Scans, run.PreScripts, run.PostScripts, outcome.Output.IsTruncated, outcome.Error.IsTruncated, Stdout: outcome.Output.Text, Stderr: outcome.Error.Text);
    }

    /// <summary>Of a background scan that has found nothing so far.</summary>
    public static ScanReport NothingOf(ScanJob job) => new(
        "nmap", false, new NmapTotals(0, 0, 0, 0), [], false, 0, job.Error, job.IsOver ? "cancelled" : null, 0, job.Request.CorrelationId ?? job.ScanId,
        new ScanMetadata([], 0, false, 0, 0), IncompleteReason: job.IsOver ? "the scan was stopped before it found anything" : "the scan has found nothing so far");

    /// <summary>As much of it as the caller wants.</summary>
    public static ScanReport In(ScanReport report, ResultDetail detail)
    {
        if (detail == ResultDetail.Full) return report;
        var (stdout, stdoutCut) = Beginning(report.Stdout);
        var (stderr, stderrCut) = Beginning(report.Stderr);
        return report with
        {
            Hosts = [.. report.Hosts.Select(NmapView.Compact)],
            PreScripts = NmapView.Compact(report.PreScripts),
            PostScripts = NmapView.Compact(report.PostScripts),
            Stdout = stdout,
            Stderr = stderr,
            TruncatedStdout = report.TruncatedStdout || stdoutCut,
            TruncatedStderr = report.TruncatedStderr || stderrCut,
        };
    }

    private static IReadOnlyList<string>? Warnings(string stderr)
        => stderr.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("WARNING: ", StringComparison.OrdinalIgnoreCase))
            .Select(line => line["WARNING: ".Length..]).Distinct(StringComparer.Ordinal).ToList().OrNull();

    private static (string Text, bool IsCut) Beginning(string text)
    {
        if (text.Length <= CompactText) return (text, false);
        return (text[..(char.IsHighSurrogate(text[CompactText - 1]) ? CompactText - 1 : CompactText)], true);
    }

    private static double Round(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
