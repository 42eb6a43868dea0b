using System.Text;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Nmap.Results;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Joins the runs of one scan, block by block, into one outcome.</summary>
internal sealed class ScanMerger(ScanPlan plan, TimeSpan timeout)
{
    private readonly List<NmapRun> _runs = [];
    private readonly List<ReadOnlyMemory<byte>> _documents = [];
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private long _outputBytes;
    private long _errorBytes;
    private bool _outputCut;
    private bool _errorCut;
    private ProcessResult? _last;

    /// <summary>Takes one run; false when no further block should be scanned.</summary>
    public bool Add(ProcessResult result, byte[] document)
    {
        _last = result;
        _output.Append(WithoutProgress(result.Output.Text));
        _error.Append(result.Error.Text);
        (_outputBytes, _outputCut) = (_outputBytes + result.Output.TotalBytes, _outputCut || result.Output.IsTruncated);
        (_errorBytes, _errorCut) = (_errorBytes + result.Error.TotalBytes, _errorCut || result.Error.IsTruncated);
        if (document.Length > 0)
        {
            _documents.Add(document);
            _runs.Add(NmapXml.Read(new MemoryStream(document)));
        }

        return result is { End: ProcessEnd.Exited, ExitCode: 0 };
    }

    public ScanOutcome Build(int blocks, TimeSpan runTime) => new(
        plan, Merge(blocks), End(blocks), _last?.ExitCode ?? 0,
        new CapturedOutput(_output.ToString(), _outputBytes, _outputCut), new CapturedOutput(_error.ToString(), _errorBytes, _errorCut), _documents, timeout, runTime);

    /// <summary>Blocks that nobody came to for lack of time make the whole scan one that timed out.</summary>
    private ProcessEnd End(int blocks)
        => _last is { End: ProcessEnd.Exited, ExitCode: 0 } && _runs.Count < blocks ? ProcessEnd.TimedOut : _last?.End ?? ProcessEnd.TimedOut;

    private NmapRun Merge(int blocks)
    {
        if (_runs.Count == 0) return new NmapRun("nmap", false, new NmapTotals(0, 0, 0, 0), [], IncompleteReason: "nmap wrote no result");
        var (first, last) = (_runs[0], _runs[^1]);
        var unfinished = _runs.Find(run => !run.Complete)?.IncompleteReason
            ?? (_runs.Count < blocks ? $"{_runs.Count} of {blocks} parts of the network were scanned" : null);
        return last with
        {
            Complete = unfinished is null,
            IncompleteReason = unfinished,
            Started = first.Started,
            ElapsedSeconds = _runs.Sum(run => run.ElapsedSeconds),
            Scans = first.Scans,
            Totals = new NmapTotals(
                _runs.Sum(run => run.Totals.HostsUp), _runs.Sum(run => run.Totals.HostsDown), _runs.Sum(run => run.Totals.HostsTotal),
                _runs.Sum(run => run.Totals.PortsOpen)),
            Hosts = [.. _runs.SelectMany(run => run.Hosts).Select(host => plan.Target.RequestedName is { } name ? host with { RequestedName = name } : host)],
            PostScripts = _runs.SelectMany(run => run.PostScripts ?? []).ToList().OrNull(),
        };
    }

    private static string WithoutProgress(string output)
        => string.Join('\n', output.Split('\n').Where(line => NmapProgress.TryRead(line) is null && !line.StartsWith("Stats: ", StringComparison.Ordinal)));
}
