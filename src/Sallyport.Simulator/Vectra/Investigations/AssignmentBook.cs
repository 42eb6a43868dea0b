using System.Collections.Concurrent;
using Sallyport.Simulator.Vectra.Entities;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>Who looks after what: at most one open assignment on each host and account.</summary>
internal sealed class AssignmentBook
{
    private const int OpenAtStart = 15;
    private const int ResolvedAtStart = 9;

    private readonly ConcurrentDictionary<int, Assignment> _byId = new();
    private readonly ConcurrentDictionary<EntityRow, int> _open = new();
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private int _last = 100;

    public AssignmentBook(VectraEstate estate, IReadOnlyList<PlatformUser> team, TimeProvider time)
    {
        _time = time;
        var (hosts, accounts, now) = (estate.Hosts, estate.Accounts, estate.World.Now);
        for (var i = 0; i < OpenAtStart + ResolvedAtStart; i++)
        {
            // From the end of the lists, away from the cast: the tour makes the assignments on those itself.
            var entity = i % 3 == 0 ? accounts[^(1 + (i / 3))] : hosts[^(i - (i / 3))];
            var assignment = Start(entity, team[i % team.Count], now.AddHours(-3 - (i * 5)));
            if (i >= OpenAtStart && assignment is not null)
                Resolve(assignment.Id, Outcome.All[i % Outcome.All.Length], now.AddHours(-2 - i));
        }
    }

    public IEnumerable<Assignment> All => _byId.Values.OrderBy(static assignment => assignment.Id);

    public Assignment? Find(long id) => _byId.GetValueOrDefault((int)Math.Clamp(id, 0, int.MaxValue));

    public Assignment? OpenOn(EntityRow entity) => _open.TryGetValue(entity, out var id) ? Find(id) : null;

    public IEnumerable<Assignment> ClosedOn(EntityRow entity) => All.Where(assignment => assignment.Entity == entity && assignment.Resolved is not null);

    /// <summary>The new assignment, or null when one is open on that entity.</summary>
    public Assignment? Start(EntityRow entity, PlatformUser to) => Start(entity, to, _time.GetUtcNow());

    /// <summary>Gives it to somebody else; null when it is not open any more.</summary>
    public Assignment? Reassign(long id, PlatformUser to)
        => Change(id, assignment => assignment with
        {
            AssignedTo = to,
            Events = assignment.Events.Add(new("reassigned", PlatformUser.ApiClient.Id, _time.GetUtcNow(), to.Id)),
        });

    /// <summary>Ends it; null when it is not open any more.</summary>
    public Assignment? Resolve(long id, Outcome outcome) => Resolve(id, outcome, _time.GetUtcNow());

    public bool Remove(long id)
    {
        lock (_gate)
        {
            if (!_byId.TryRemove((int)id, out var gone))
                return false;
            if (gone.Resolved is null)
                _open.TryRemove(gone.Entity, out _);
            return true;
        }
    }

    private Assignment? Start(EntityRow entity, PlatformUser to, DateTimeOffset time)
    {
        lock (_gate)
        {
            if (_open.ContainsKey(entity))
                return null;
            var assignment = new Assignment
            {
                Id = ++_last,
                Entity = entity,
                AssignedTo = to,
                Assigned = time,
                Events = [new("created", PlatformUser.ApiClient.Id, time, to.Id)],
            };
            _open[entity] = assignment.Id;
            return _byId[assignment.Id] = assignment;
        }
    }

    private Assignment? Resolve(long id, Outcome outcome, DateTimeOffset time)
    {
        var resolved = Change(id, assignment => assignment with
        {
            Resolved = time,
            ResolvedBy = assignment.AssignedTo,
            Outcome = outcome,
            Events = assignment.Events.Add(new("resolved", PlatformUser.ApiClient.Id, time, null)),
        });
        if (resolved is not null)
            _open.TryRemove(resolved.Entity, out _);
        return resolved;
    }

    private Assignment? Change(long id, Func<Assignment, Assignment> change)
    {
        lock (_gate)
            return Find(id) is { Resolved: null } open ? _byId[open.Id] = change(open) : null;
    }
}
