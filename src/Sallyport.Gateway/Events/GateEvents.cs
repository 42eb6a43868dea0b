using Sallyport.Core;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Events;

/// <summary>Tells everyone who watches what happens at the gate. Nobody who watches slowly can make a call wait.</summary>
public sealed class GateEvents(TimeProvider time)
{
    internal const string AllTenants = TenantDirectory.All;

    /// <summary>Events kept for those who come back after a short break.</summary>
    private const int MostKept = 100;

    private readonly Lock _lock = new();
    private readonly Queue<GateEvent> _kept = new(MostKept);
    private readonly List<EventReader> _readers = [];
    private readonly long _started = time.GetTimestamp();
    private long _last;
    private long _ended;
    private long _failed;
    private long _running;

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public TimeSpan Uptime => time.GetElapsedTime(_started);

    /// <summary>Calls that have ended since the start.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>Calls that ended without a result, held ones left out.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Calls that run now.</summary>
    public long Running => Interlocked.Read(ref _running);

    /// <summary>Those who watch now.</summary>
    public int Watching
    {
        get
        {
            lock (_lock)
                return _readers.Count;
        }
    }

    public void Publish(GateEvent happened)
    {
        lock (_lock)
        {
            var numbered = happened with { Id = ++_last };
            if (_kept.Count == MostKept)
                _kept.Dequeue();
            _kept.Enqueue(numbered);
            _readers.RemoveAll(reader => !reader.Offer(numbered));
        }
    }

    public GateEvent New(GateEventKind kind) => new(kind, time.GetUtcNow());

    /// <summary>Everything from now on, and before it what is still kept of what came after <paramref name="lastSeen"/>.</summary>
    public EventReader Watch(long? lastSeen)
    {
        lock (_lock)
        {
            var reader = new EventReader(Leave);
            foreach (var missed in _kept.Where(kept => kept.Id > lastSeen))
                reader.Offer(missed);
            _readers.Add(reader);
            return reader;
        }
    }

    /// <summary>Counts the call as running until the answer is disposed of.</summary>
    internal IDisposable CallStarted(AuditCallOpened call)
    {
        Publish(New(GateEventKind.Call) with
        {
            Phase = "started",
            CallId = call.CallId,
            Tool = call.Tool,
            Access = call.Access,
            Tenant = call.Tenant,
            Caller = call.Caller,
        });
        return new RunningCall(this);
    }

    internal void CallEnded(AuditCallOpened call, ToolOutcome outcome, TimeSpan duration)
    {
        Interlocked.Increment(ref _ended);
        if (outcome is ToolOutcome.Refused or ToolOutcome.Failed)
            Interlocked.Increment(ref _failed);
        Publish(New(outcome is ToolOutcome.Held ? GateEventKind.Hold : GateEventKind.Call) with
        {
            Phase = outcome is ToolOutcome.Held ? "held" : "finished",
            CallId = outcome.CallId,
            Tool = call.Tool,
            Access = call.Access,
            Tenant = call.Tenant,
            Caller = call.Caller,
            Outcome = outcome.GetType().Name.ToLowerInvariant(),
            Code = outcome.Problem?.Code,
            Gate = (outcome as ToolOutcome.Refused)?.Gate,
            DurationMs = (long)duration.TotalMilliseconds,
            Approval = outcome.Problem?.ApprovalId,
        });
    }

    public void BreakerChanged(string tenant, string upstream, CircuitState from, CircuitState to, string reason) => Publish(New(GateEventKind.Breaker) with
    {
        Tenant = tenant,
        Upstream = upstream,
        From = Word(from),
        To = Word(to),
        Reason = reason,
    });

    public void WorkNoted(string tenant, WorkNote note) => Publish(New(GateEventKind.Scan) with
    {
        Tenant = tenant,
        ScanId = note.Id,
        Phase = note.Phase,
        Done = note.Done,
        Total = note.Total,
        Outcome = note.Outcome,
    });

    /// <summary>The word by which metrics and scripts know a state.</summary>
    public static string Word(CircuitState state) => state == CircuitState.HalfOpen ? "HALF_OPEN" : state.ToString().ToUpperInvariant();

    private void Leave(EventReader reader)
    {
        lock (_lock)
            _readers.Remove(reader);
    }

    private sealed class RunningCall : IDisposable
    {
        private readonly GateEvents _events;

        public RunningCall(GateEvents events)
        {
            _events = events;
            Interlocked.Increment(ref events._running);
        }

        public void Dispose() => Interlocked.Decrement(ref _events._running);
    }
}
