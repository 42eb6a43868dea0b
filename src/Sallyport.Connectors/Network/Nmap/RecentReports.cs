using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>The last few results, so that a caller who continues a result that was too large gets the rest of that one, not of a second scan.</summary>
internal sealed class RecentReports(TimeProvider clock)
{
    private const int Most = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly List<(string Question, ScanReport Report, long At, DateTime Found)> _kept = [];

    public void Keep(ScanPorts scan, ScanReport report)
    {
        var question = QuestionOf(scan);
        lock (_lock)
        {
            _kept.RemoveAll(kept => kept.Question == question);
            if (_kept.Count == Most) _kept.RemoveAt(0);
            _kept.Add((question, report, clock.GetTimestamp(), clock.GetUtcNow().UtcDateTime));
        }
    }

    /// <summary>What was found while callers waited, and when.</summary>
    public IReadOnlyList<(ScanReport Report, DateTime Found)> All()
    {
        lock (_lock) return [.. _kept.Select(kept => (kept.Report, kept.Found))];
    }

    public ScanReport Find(ScanPorts scan)
    {
        var question = QuestionOf(scan);
        lock (_lock)
        {
            var found = _kept.Find(kept => kept.Question == question && clock.GetElapsedTime(kept.At) < Longest);
            return found.Report ?? throw new InvalidArgumentsException("The result that this cursor continues is no longer kept; scan again without it.");
        }
    }

    private static string QuestionOf(ScanPorts scan) => JsonSerializer.Serialize(scan, NetworkToolsJson.Default.ScanPorts);
}
