namespace Sallyport.Simulator.Hosting.Journal;

/// <summary>Every request that reached one platform, so that a test can prove what was sent and that nothing was sent.</summary>
/// <remarks>Keeps the latest 10,000; the counters never forget.</remarks>
public sealed class RequestJournal
{
    private const int Kept = 10_000;

    private readonly Lock _gate = new();
    private readonly JournalEntry?[] _entries = new JournalEntry?[Kept];
    private readonly List<(Func<JournalEntry, bool> Fits, TaskCompletionSource<JournalEntry> Seen)> _waiting = [];
    private long _total;
    private long _connections;

    internal RequestJournal()
    {
    }

    /// <summary>How many requests arrived since the start. Unchanged means that none was made.</summary>
    public long Total => Volatile.Read(ref _total);

    /// <summary>How many TCP connections were opened since the start. Zero means that nobody even connected.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>The requests kept, oldest first; only those after number <paramref name="after"/> when given.</summary>
    public IReadOnlyList<JournalEntry> Entries(long after = 0)
    {
        lock (_gate)
        {
            var entries = new List<JournalEntry>();
            for (var number = Math.Max(after, _total - Kept) + 1; number <= _total; number++)
                entries.Add(_entries[number % Kept]!);
            return entries;
        }
    }

    /// <summary>The requests kept whose path starts so, oldest first.</summary>
    public IReadOnlyList<JournalEntry> To(string pathPrefix, string? method = null)
        => [.. Entries().Where(entry => entry.Path.StartsWith(pathPrefix, StringComparison.OrdinalIgnoreCase)
            && (method is null || entry.Method == method))];

    /// <summary>Ends with the first request that fits, whether it has come already or is yet to come.</summary>
    public Task<JournalEntry> WaitAsync(Func<JournalEntry, bool> fits, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (Entries().FirstOrDefault(fits) is { } known)
                return Task.FromResult(known);
            var seen = new TaskCompletionSource<JournalEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((fits, seen));
            return seen.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Connected() => Interlocked.Increment(ref _connections);

    /// <summary>Writes down a request that arrived, and says its number.</summary>
    internal long Open(JournalEntry entry)
    {
        lock (_gate)
        {
            entry = entry with { Number = ++_total };
            Keep(entry);
            return entry.Number;
        }
    }

    internal void Note(long number, string fault) => Change(number, entry => entry with { Fault = fault });

    internal void Close(long number, int status) => Change(number, entry => entry with { Status = status });

    private void Change(long number, Func<JournalEntry, JournalEntry> change)
    {
        lock (_gate)
        {
            if (_entries[number % Kept] is { } entry && entry.Number == number)
                Keep(change(entry));
        }
    }

    private void Keep(JournalEntry entry)
    {
        _entries[entry.Number % Kept] = entry;
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Fits(entry))
            {
                _waiting[i].Seen.TrySetResult(entry);
                _waiting.RemoveAt(i);
            }
        }
    }
}
