using System.Text.Json;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Taint;

/// <summary>
/// Remembers by its marks which text that strangers may have written each caller has read, so that a write which carries
/// such text is noticed, and traced to the read. Bounded: the newest of each caller, and the callers that read last.
/// </summary>
public sealed class TaintMemory(TimeProvider time)
{
    /// <summary>About 300 KB of text.</summary>
    internal const int MostMarks = 65_536;

    internal const int MostCallers = 64;

    private const int MostReads = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reads> _callers = new(StringComparer.Ordinal);

    /// <param name="result">What the caller is given, UTF-8 JSON.</param>
    public void Note(ToolCall call, ReadOnlySpan<byte> result)
    {
        if (call.Entry.Untrusted.IsEmpty)
            return;
        List<ulong> marks = [];
        JsonTexts.AddUntrusted(marks, result, call.Entry.Untrusted);
        if (marks.Count > 0)
            ReadsOf(call.Caller.Subject, make: true)!.Note(marks, call.Id);
    }

    /// <summary>Calls in which the caller read text that these arguments carry, at most ten; empty when they carry none.</summary>
    public IReadOnlyList<string> Trace(string caller, Tool tool, ReadOnlySpan<byte> arguments)
    {
        if (ReadsOf(caller, make: false) is not { } reads)
            return [];
        try
        {
            List<ulong> marks = [];
            JsonTexts.AddWritten(marks, arguments, tool);
            return reads.Trace(marks, MostReads);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not Unicode; the schema refuses it.
            return [];
        }
    }

    private Reads? ReadsOf(string caller, bool make)
    {
        lock (_lock)
        {
            if (!_callers.TryGetValue(caller, out var reads))
            {
                if (!make)
                    return null;
                if (_callers.Count >= MostCallers)
                    _callers.Remove(_callers.MinBy(pair => pair.Value.Touched).Key);
                _callers[caller] = reads = new Reads();
            }

            reads.Touched = time.GetTimestamp();
            return reads;
        }
    }

    /// <summary>What one caller has read.</summary>
    private sealed class Reads
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<ulong, (string Call, long Turn)> _calls = [];
        private readonly Queue<(ulong Mark, long Turn)> _order = new();
        private long _turn;

        public long Touched { get; set; }

        public void Note(List<ulong> marks, string call)
        {
            lock (_lock)
            {
                foreach (var mark in marks)
                {
                    _calls[mark] = (call, ++_turn);
                    _order.Enqueue((mark, _turn));
                    if (_order.Count > MostMarks && _order.Dequeue() is var oldest && _calls.TryGetValue(oldest.Mark, out var known) && known.Turn == oldest.Turn)
                        _calls.Remove(oldest.Mark);
                }
            }
        }

        public IReadOnlyList<string> Trace(List<ulong> marks, int most)
        {
            lock (_lock)
                return [.. marks.Where(_calls.ContainsKey).Select(mark => _calls[mark].Call).Distinct(StringComparer.Ordinal).Take(most)];
        }
    }
}
