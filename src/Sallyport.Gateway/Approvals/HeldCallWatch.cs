using Sallyport.Gateway.Events;

namespace Sallyport.Gateway.Approvals;

/// <summary>
/// Tells those who watch what becomes of held calls: a yes, a no, or nothing in time. It looks at what is kept, because people
/// also decide at the command line and at other instances.
/// </summary>
public sealed class HeldCallWatch(ApprovalDesk desk, GateEvents events, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _expired = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource _nudge = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<string, HeldCall>? _seen;

    /// <summary>Looks every few seconds, and at once after a decision of this process.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        desk.Decided += Nudge;
        try
        {
            while (true)
            {
                await LookAsync(cancellationToken);
                await Task.WhenAny(_nudge.Task, Task.Delay(Between, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                _nudge = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The gate stops.
        }
        finally
        {
            desk.Decided -= Nudge;
        }
    }

    /// <summary>What was decided before the first look is nobody's news.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, HeldCall> found;
        try
        {
            found = (await desk.AllAsync(cancellationToken)).ToDictionary(call => call.Id, StringComparer.Ordinal);
        }
        catch (ApprovalsUnavailableException)
        {
            // The next look may find them again.
            return;
        }

        var isFirst = _seen is null;
        var seen = _seen ?? found;
        foreach (var call in found.Values)
            TellDecision(seen.GetValueOrDefault(call.Id), call);
        // Calls are dropped once their time is over.
        foreach (var call in seen.Values.Where(call => !found.ContainsKey(call.Id)).Concat(found.Values))
        {
            if (call.State is ApprovalState.Waiting or ApprovalState.Approved && call.Expires <= time.GetUtcNow() && _expired.Add(call.Id) && !isFirst)
                Tell(call, "expired", null);
        }

        _expired.IntersectWith(found.Keys);
        _seen = found;
    }

    private void Nudge() => _nudge.TrySetResult();

    private void TellDecision(HeldCall? before, HeldCall call)
    {
        foreach (var person in call.ApprovedBy.Skip(before?.ApprovedBy.Count ?? 0))
            Tell(call, "approved", person);
        if (call.State == ApprovalState.Denied && before?.State != ApprovalState.Denied)
            Tell(call, "denied", null);
    }

    private void Tell(HeldCall call, string phase, string? by) => events.Publish(events.New(GateEventKind.Hold) with
    {
        Phase = phase,
        CallId = call.CallId,
        Tool = call.Tool,
        Tenant = call.Tenant,
        Caller = call.Caller,
        Approval = call.Id,
        By = by,
        Outcome = call.State.ToString().ToLowerInvariant(),
    });
}
