using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Sallyport.Gateway.Approvals;

/// <summary>Held calls and what people decided about them.</summary>
public sealed class ApprovalStore(ApprovalPolicy policy, TimeProvider time)
{
    private const int MostHeld = 1_000;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, HeldCall> _held = new(StringComparer.Ordinal);

    /// <summary>Changes with the settings; calls that are held already keep their time.</summary>
    public ApprovalPolicy Policy { get; set; } = policy;

    /// <summary>Calls that can still be decided, soonest to expire first.</summary>
    public IReadOnlyList<HeldCall> Waiting
        => [.. _held.Values.Where(call => call.State == ApprovalState.Waiting && IsLive(call)).OrderBy(call => call.Expires)];

    public HeldCall? Find(string id) => _held.TryGetValue(id, out var call) && IsLive(call) ? call : null;

    /// <summary>Holds a call; the same call held again while it waits keeps its id, so that an agent's retries do not pile up.</summary>
    public HeldCall Hold(string tool, string tenant, string caller, ReadOnlyMemory<byte> arguments, string digest, string reason)
    {
        lock (_lock)
        {
            foreach (var (id, gone) in _held.Where(pair => !IsLive(pair.Value)))
                _held.TryRemove(id, out _);
            if (_held.Values.FirstOrDefault(held => held.State == ApprovalState.Waiting && held.Matches(tool, tenant, caller, digest)) is { } same)
                return same;
            if (_held.Count >= MostHeld && _held.Values.MinBy(held => held.Expires) is { } oldest)
                _held.TryRemove(oldest.Id, out _);
            var call = new HeldCall(NewId(), tool, tenant, caller, arguments, digest, reason, time.GetUtcNow() + Policy.ExpiresAfter);
            return _held[call.Id] = call;
        }
    }

    /// <summary>Records one person's decision; null when it stands, else why it does not.</summary>
    public string? Decide(string id, string person, bool isApproved)
    {
        lock (_lock)
        {
            if (Find(id) is not { } call)
                return "No such call is waiting; it may have expired.";
            if (call.State != ApprovalState.Waiting)
                return "This call is decided already.";
            if (person == call.Caller)
                return "Whoever asked cannot approve; another person must.";
            if (call.ApprovedBy.Contains(person))
                return "You approved this already; another person must, too.";
            IReadOnlyList<string> approvedBy = isApproved ? [.. call.ApprovedBy, person] : call.ApprovedBy;
            _held[id] = call with
            {
                ApprovedBy = approvedBy,
                State = !isApproved ? ApprovalState.Denied : approvedBy.Count >= Policy.Approvers ? ApprovalState.Approved : ApprovalState.Waiting,
            };
            return null;
        }
    }

    /// <summary>Uses an approval up. True once, and only for exactly what was approved.</summary>
    public bool TryUse(string id, string tool, string tenant, string caller, string digest)
    {
        lock (_lock)
        {
            if (Find(id) is not { State: ApprovalState.Approved } call || !call.Matches(tool, tenant, caller, digest))
                return false;
            _held[id] = call with { State = ApprovalState.Used };
            return true;
        }
    }

    private bool IsLive(HeldCall call) => time.GetUtcNow() < call.Expires;

    private static string NewId() => "apr_" + RandomNumberGenerator.GetHexString(24, lowercase: true);
}
