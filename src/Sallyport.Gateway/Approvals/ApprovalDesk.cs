using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Taint;

namespace Sallyport.Gateway.Approvals;

/// <summary>Who decides, and over which channel the gate heard it: <c>http</c>, <c>page</c>, <c>cli</c> or <c>client</c>.</summary>
public sealed record Approver(string Name, string Channel);

/// <summary>Where calls are held, people decide about them, and an approval is used up. Every decision is in the audit before it takes effect.</summary>
public sealed class ApprovalDesk(IApprovalStore store, ApprovalPolicy policy, AuditLog audit, TimeProvider time) : IAsyncDisposable
{
    /// <summary>An agent that asks for more than this without being answered asks in vain.</summary>
    private const int MostPerCaller = 100;

    /// <summary>Used up here, until they expire: what is put back where calls are kept does not come back.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    private volatile IReadOnlyList<HeldCall> _lastWaiting = [];
    private volatile Task _look = Task.CompletedTask;

    /// <summary>Changes with the settings; calls that are held already keep their time and their number of people.</summary>
    public ApprovalPolicy Policy { get; set; } = policy;

    /// <summary>Called after something was decided here, for whoever tells others.</summary>
    public event Action? Decided;

    /// <summary>Text of strangers that callers have read, which holds a write that carries it.</summary>
    public TaintMemory Taint { get; } = new(time);

    /// <summary>What waited when this was last asked, for gauges, which cannot wait for a database: asking looks anew for the next time.</summary>
    public IReadOnlyList<HeldCall> LastWaiting
    {
        get
        {
            if (_look.IsCompleted)
                _look = LookAsync();
            return [.. _lastWaiting.Where(IsLive)];
        }
    }

    /// <summary>Calls that can still be decided, soonest to expire first.</summary>
    public async Task<IReadOnlyList<HeldCall>> WaitingAsync(CancellationToken cancellationToken)
        => [.. (await store.ListAsync(cancellationToken)).Where(call => call.State == ApprovalState.Waiting && IsLive(call)).OrderBy(call => call.Expires)];

    public async Task<HeldCall?> FindAsync(string id, CancellationToken cancellationToken)
        => HeldCall.IsId(id) && await store.FindAsync(id, cancellationToken) is { } call && IsLive(call) ? call : null;

    /// <summary>Holds a call; the same call held again while it waits keeps its id, so that an agent's retries do not pile up. Null when too many wait.</summary>
    public Task<HeldCall?> HoldAsync(HeldCall call, CancellationToken cancellationToken) => store.AddAsync(call, MostPerCaller, time.GetUtcNow(), cancellationToken);

    /// <summary>Records one person's decision; null when it stands, else why it does not.</summary>
    public async Task<string?> DecideAsync(string id, Approver person, bool isApproved, CancellationToken cancellationToken)
    {
        var isRecorded = false;
        while (true)
        {
            var call = await FindAsync(id, cancellationToken);
            if ((call is null ? "No such call is waiting; it may have expired." : call.Refuses(person.Name)) is { } problem)
            {
                // Somebody was faster: what is recorded already has not happened.
                if (isRecorded)
                    await RecordAsync(new AuditDecision(id, person.Name, "void", Channel: person.Channel), cancellationToken);
                return problem;
            }

            if (!isRecorded)
            {
                await RecordAsync(
                    new AuditDecision(id, person.Name, isApproved ? "approved" : "denied", call!.CallId, call.Tenant, call.Tool, call.Digest, person.Channel), cancellationToken);
            }

            // What is recorded must also take effect, even when the person who said it hangs up.
            isRecorded = true;
            cancellationToken = CancellationToken.None;
            if (!await store.TryReplaceAsync(call!, isApproved ? call!.Approve(person.Name) : call! with { State = ApprovalState.Denied }, cancellationToken))
                continue;
            Decided?.Invoke();
            return null;
        }
    }

    /// <summary>Uses an approval up. True once, and only while nothing about it has changed since it was read.</summary>
    public async ValueTask<bool> TryUseAsync(HeldCall read, CancellationToken cancellationToken)
    {
        if (read.State != ApprovalState.Approved || !IsLive(read) || _used.ContainsKey(read.Id)
            || !await store.TryReplaceAsync(read, read with { State = ApprovalState.Used }, cancellationToken))
            return false;
        foreach (var (id, expires) in _used)
        {
            if (expires <= time.GetUtcNow())
                _used.TryRemove(id, out _);
        }

        return _used.TryAdd(read.Id, read.Expires);
    }

    /// <summary>
    /// Opens a question to the person at the caller's client. The state that comes back is random, kept as a digest with the held
    /// call, and good for one answer: it cannot be forged, moved to another call or used twice, on whatever instance.
    /// </summary>
    /// <returns>The state to give the client; null when the call has moved on meanwhile.</returns>
    public async Task<string?> AskAsync(HeldCall read, CancellationToken cancellationToken)
    {
        var state = $"{read.Id}.{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
        return await store.TryReplaceAsync(read, read with { Question = DigestOf(state) }, cancellationToken) ? state : null;
    }

    /// <summary>Takes an answer, once. A yes approves only where policy says that it does; a no is a no.</summary>
    /// <returns>False when there was no such question about this very call.</returns>
    public async Task<bool> TryTakeAnswerAsync(ToolCall call, ClientAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.ApprovalId is not { } id || await FindAsync(id, cancellationToken) is not { Question: { } question } held
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(question), Encoding.ASCII.GetBytes(DigestOf(answer.State)))
            || !held.IsFor(call.Tool.Name, call.Tenant.Id, call.Caller.Subject, call.Digest))
            return false;
        var answered = held with { Question = null };
        if (held.State == ApprovalState.Waiting && answer.Verdict == ClientVerdict.No)
            answered = answered with { State = ApprovalState.Denied };
        else if (held.State == ApprovalState.Waiting && answer.Verdict == ClientVerdict.Yes && CountsAcknowledgement(call, held))
            answered = answered.Approve($"whoever sits at the client of {held.Caller}") with { IsAcknowledged = true };
        var decision = new AuditDecision(
            id, held.Caller, answered.State == ApprovalState.Denied ? "denied" : "approved", held.CallId, held.Tenant, held.Tool, held.Digest, "client");
        if (answered.State != held.State)
        {
            await RecordAsync(decision, cancellationToken);
            cancellationToken = CancellationToken.None;
        }

        var isTaken = await store.TryReplaceAsync(held, answered, cancellationToken);
        if (!isTaken && answered.State != held.State)
            await RecordAsync(decision with { Outcome = "void" }, cancellationToken);
        if (isTaken && answered.State != held.State)
            Decided?.Invoke();
        return isTaken;
    }

    /// <summary>Never for a call that carries a stranger's text, and never as one of several people.</summary>
    public bool CountsAcknowledgement(ToolCall call, HeldCall held)
        => Policy.For(call.Tool, call.Tenant.Id, call.Caller) is { AcknowledgementCounts: true, Approvers: 1 } && held is { Approvers: 1, TaintedBy.Count: 0 } && call.TaintedBy.Count == 0;

    /// <summary>Every call that is kept, decided or not, live or not.</summary>
    internal Task<IReadOnlyList<HeldCall>> AllAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task LookAsync()
    {
        try
        {
            _lastWaiting = await WaitingAsync(CancellationToken.None);
        }
        catch (ApprovalsUnavailableException)
        {
            // The next look may find them again.
        }
    }

    private bool IsLive(HeldCall call) => time.GetUtcNow() < call.Expires;

    private static string DigestOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    private async Task RecordAsync(AuditDecision decision, CancellationToken cancellationToken) => await audit.RecordAsync(decision, cancellationToken);
}
