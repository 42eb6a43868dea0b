using System.Globalization;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Nmap.Results;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Turns nmap's percent of a phase into progress of the whole scan that never goes back.</summary>
/// <param name="report">Given blocks done, blocks in all, and a sentence.</param>
internal sealed class ScanProgress(ScanPlan plan, int blocks, Action<double, double, string> report)
{
    private const double AlmostDone = 0.99;

    private readonly int _phases = ExpectedPhases(plan);
    private int _block;
    private int _phase;
    private string _phaseName = "";
    private double _furthest;

    public void TakeLine(string line)
    {
        if (NmapProgress.TryRead(line) is not { } progress) return;
        if (progress.Phase != _phaseName) (_phase, _phaseName) = (_phaseName.Length == 0 ? 0 : _phase + 1, progress.Phase);
        var inBlock = Math.Min(AlmostDone, (_phase + (progress.Percent / 100)) / _phases);
        _furthest = Math.Max(_furthest, _block + inBlock);
        var where = blocks == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", part {_block + 1} of {blocks}");
        report(_furthest, blocks, string.Create(CultureInfo.InvariantCulture, $"{progress.Phase}: {progress.Percent:0.#} %{where}"));
    }

    public void EndBlock()
    {
        (_block, _phase, _phaseName) = (_block + 1, 0, "");
        _furthest = Math.Max(_furthest, _block);
        report(_furthest, blocks, string.Create(CultureInfo.InvariantCulture, $"{_block} of {blocks} parts done"));
    }

    private static int ExpectedPhases(ScanPlan plan)
        => Math.Max(1, plan.Options.Count(option => option is "-sS" or "-sT" or "-sU" or "-sn" or "-sV" or "-O" or "--traceroute" or "--script"));
}
