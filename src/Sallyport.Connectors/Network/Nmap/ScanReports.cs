using Sallyport.Connectors.Network.Nmap.Results;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Writes what a scan brought back as the result that a caller gets.</summary>
internal static class ScanReports
{
    /// <summary>nmap's own text repeats the data; a compact result keeps only its beginning.</summary>
    private const int CompactText = 4096;

    public static ScanReport Of(ScanOutcome outcome, ResultDetail detail, TimeSpan elapsed, string correlationId)
    {
        var plan = outcome.Plan;
        var run = plan.Options.Contains("-v") || plan.Options.Contains("-vv") ? outcome.Run : NmapView.WithoutDownHosts(outcome.Run);
        if (detail == ResultDetail.Compact) run = NmapView.Compact(run);
        var (stdout, stdoutCut) = Text(outcome.Output, detail);
        var (stderr, stderrCut) = Text(outcome.Error, detail);
        return new ScanReport(
            run.Scanner, run.Complete, run.Totals, run.Hosts, outcome.End == ProcessEnd.TimedOut, outcome.ExitCode, outcome.Problem, outcome.ProblemKind,
            Round(elapsed), correlationId,
            new ScanMetadata(
                plan.ArgumentsFor(plan.Target.Text, elapsed), plan.Probes, plan.IsIntrusive, Round(outcome.RunTime), outcome.Output.TotalBytes, plan.Downgrade,
                plan.Scripts.Count == 0 ? null : plan.Scripts),
            run.Version, run.IncompleteReason, Warnings(outcome.Error.Text), run.Exit, run.ErrorMessage, run.Started, run.Finished, run.ElapsedSeconds,
            run.Scans, run.PreScripts, run.PostScripts, stdoutCut, stderrCut, stdout, stderr);
    }

    private static IReadOnlyList<string>? Warnings(string stderr)
        => stderr.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("WARNING: ", StringComparison.OrdinalIgnoreCase))
            .Select(line => line["WARNING: ".Length..]).Distinct(StringComparer.Ordinal).ToList().OrNull();

    private static (string Text, bool IsCut) Text(CapturedOutput output, ResultDetail detail)
    {
        if (detail == ResultDetail.Full || output.Text.Length <= CompactText) return (output.Text, output.IsTruncated);
        var cut = char.IsHighSurrogate(output.Text[CompactText - 1]) ? CompactText - 1 : CompactText;
        return (output.Text[..cut], true);
    }

    private static double Round(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
