using System.Collections.Concurrent;
using Sallyport.Connectors.Network.Jobs;

namespace Sallyport.Connectors.Network.Running;

/// <summary>What goes on for a tenant whatever becomes of its settings: places for programs, and the scans that run in the background.</summary>
internal sealed class OngoingWork(TimeProvider clock) : IAsyncDisposable
{
    private readonly Slots _slots = new(1, clock);
    private readonly ConcurrentDictionary<string, Slots.SlotKind> _kinds = new(StringComparer.Ordinal);

    public RunningScans Scans { get; } = new();

    /// <summary>Programs at a time, of all kinds.</summary>
    public void Use(int concurrency) => _slots.Use(concurrency);

    /// <summary>The places of one kind, as many as its tenant's newest settings say.</summary>
    public Slots.SlotKind PlacesFor(string kind, int count)
    {
        var places = _kinds.GetOrAdd(kind, name => _slots.For(name, count));
        places.Use(count);
        return places;
    }

    public ValueTask DisposeAsync() => Scans.DisposeAsync();
}

/// <summary>The ongoing work of each tenant, by its state directory: there as long as a client of the tenant is.</summary>
internal sealed class OngoingWorks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (OngoingWork Work, int Clients)> _works = new(StringComparer.Ordinal);

    public OngoingWork Join(string directory, TimeProvider clock)
    {
        lock (_lock)
        {
            var (work, clients) = _works.TryGetValue(directory, out var known) ? known : (new OngoingWork(clock), 0);
            _works[directory] = (work, clients + 1);
            return work;
        }
    }

    /// <summary>The last one to leave ends the work.</summary>
    public async ValueTask LeaveAsync(string directory)
    {
        OngoingWork work;
        lock (_lock)
        {
            (work, var clients) = _works[directory];
            _works[directory] = (work, clients - 1);
            if (clients > 1) return;
            _works.Remove(directory);
        }

        await work.DisposeAsync();
    }
}
