using System.Buffers;
using Microsoft.Extensions.Logging;
using Sallyport.Gateway.Audit.Canonical;
using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Gateway.Audit;

/// <summary>
/// The tamper-evident record of every call. What cannot be recorded must not happen: every method fails with
/// <see cref="AuditUnavailableException"/> when its record is not at least with the operating system.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    /// <summary>Above this size the arguments of a call are recorded by size and digest only.</summary>
    public const int MaxArgumentsBytes = 256 * 1024;

    private const int MaxReadBefore = 500;

    private readonly AuditWriter _writer;
    private readonly AuditDurability _durability;
    private readonly TimeProvider _clock;
    private readonly Forwarder[] _forwarders;
    private readonly AuditForwarding _forwarding;
    private readonly SinkGauges? _gauges;

    private AuditLog(AuditOptions options, TimeProvider clock, ILogger logger)
    {
        _writer = AuditWriter.Start(options, clock, logger);
        _durability = options.Durability;
        _clock = clock;
        _forwarding = options.Forwarding;
        var parts = new ForwarderParts(
            _writer.Paths.Log, () => _writer.Written, entry => _writer.Append(entry, default, isOwed: false, durable: false),
            _forwarding.WaitingBytes, _forwarding.RefuseWhenFull, clock, logger);
        _forwarders = [.. _forwarding.Sinks.Select(plan => new Forwarder(plan, parts, _writer.Before))];
        _gauges = _forwarders.Length == 0 ? null : new SinkGauges(() => Sinks);
    }

    /// <summary>How forwarding to each receiver goes.</summary>
    public IEnumerable<SinkStatus> Sinks => _forwarders.Select(forwarder => forwarder.Status);

    /// <summary>Takes hold of the log, checks how it was left, and goes on with it.</summary>
    /// <exception cref="AuditUnavailableException">Another process holds the log, or it cannot be written.</exception>
    public static Task<AuditLog> StartAsync(AuditOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellationToken) =>
        Task.Run(() => new AuditLog(options, clock, logger), cancellationToken);

    /// <summary>Whether another process writes this log.</summary>
    public static bool IsHeld(string file) => AuditPaths.Of(file).IsHeld();

    /// <summary>Records that a call begins. Once this has begun to write it is not cancelled, so that there is no doubt whether there is a record.</summary>
    /// <param name="durable">The call writes to a platform.</param>
    public async ValueTask OpenCallAsync(AuditCallOpened call, bool durable, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_forwarding.RefuseWhenFull) ThrowIfBehind();
        var arguments = Canonical(call.Arguments);
        var entry = new AuditEntry
        {
            Event = "open",
            Time = _clock.GetUtcNow(),
            CallId = call.CallId,
            Caller = call.Caller,
            ClaimedClient = call.ClaimedClient,
            Tenant = call.Tenant,
            Tool = call.Tool,
            Access = call.Access,
            ArgumentsDigest = call.ArgumentsDigest,
            ArgumentsBytes = arguments.IsEmpty && !call.Arguments.IsEmpty ? call.Arguments.Length : null,
            Approval = call.Approval,
        };
        await _writer.Append(entry, arguments.Span, isOwed: false, IsDurable(durable));
    }

    /// <summary>Records how a call ended. When that fails the record is owed, and is written as soon as the log can be written again.</summary>
    public async ValueTask CloseCallAsync(AuditCallClosed close)
    {
        var call = close.Call;
        var isLong = close.ReadBefore is { Count: > MaxReadBefore };
        var entry = new AuditEntry
        {
            Event = "close",
            Time = _clock.GetUtcNow(),
            CallId = call.CallId,
            Caller = call.Caller,
            Tenant = call.Tenant,
            Tool = call.Tool,
            Access = call.Access,
            ArgumentsDigest = call.ArgumentsDigest,
            Gate = close.Gate,
            Outcome = close.Outcome,
            Code = close.Code,
            DurationMs = (long)close.Duration.TotalMilliseconds,
            Bytes = close.Bytes,
            ReadBefore = isLong ? [.. close.ReadBefore!.Skip(close.ReadBefore!.Count - MaxReadBefore)] : close.ReadBefore,
            ReadBeforeTotal = close.ReadBeforeTotal ?? (isLong ? close.ReadBefore!.Count : null),
            Approval = close.Approval ?? call.Approval,
            InstructionLike = close.InstructionLike,
            TaintedBy = close.TaintedBy,
        };
        await _writer.Append(entry, default, isOwed: true, IsDurable(false));
    }

    /// <summary>Records a decision about a held call, before it takes effect.</summary>
    public async ValueTask RecordAsync(AuditDecision decision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = new AuditEntry
        {
            Event = "decision",
            Time = _clock.GetUtcNow(),
            Approval = decision.Approval,
            Caller = decision.Caller,
            Outcome = decision.Outcome,
            CallId = decision.CallId,
            Tenant = decision.Tenant,
            Tool = decision.Tool,
            ArgumentsDigest = decision.ArgumentsDigest,
            Channel = decision.Channel,
        };
        await _writer.Append(entry, default, isOwed: false, IsDurable(true));
    }

    /// <summary>The last record could not be written.</summary>
    public bool IsFailing => _writer.IsFailing;

    /// <summary>Closes the chain with a checkpoint; whatever is recorded later fails. Receivers are sent what they lack, for a few seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        _gauges?.Dispose();
        await Task.Run(_writer.Close);
        await Task.WhenAll(_forwarders.Select(forwarder => forwarder.DisposeAsync().AsTask()));
        _writer.Dispose();
    }

    private void ThrowIfBehind()
    {
        foreach (var forwarder in _forwarders)
        {
            if (forwarder.WaitingBytes > _forwarding.WaitingBytes) throw new AuditUnavailableException($"Audit receiver {forwarder.Status.Name} is too far behind.");
        }
    }

    private bool IsDurable(bool isWrite) => _durability switch
    {
        AuditDurability.All => true,
        AuditDurability.Os => false,
        _ => isWrite,
    };

    /// <summary>Empty when there are none or they are too large; canonical form can be larger than what came.</summary>
    private static ReadOnlyMemory<byte> Canonical(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty || json.Length > MaxArgumentsBytes) return default;
        var canonical = new ArrayBufferWriter<byte>(json.Length);
        CanonicalJson.Write(canonical, json);
        return canonical.WrittenCount > MaxArgumentsBytes ? default : canonical.WrittenMemory;
    }
}
