using System.Collections.Concurrent;
using System.Text;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Tests.Gateway.Audit.Forwarding;

/// <summary>A receiver that keeps what it gets and fails when told to.</summary>
internal sealed class RecordingSink : IAuditSink
{
    private readonly ConcurrentQueue<string> _received = [];
    private int _attempts;

    public IReadOnlyCollection<string> Received => _received;

    public int Attempts => Volatile.Read(ref _attempts);

    public TimeSpan Doubt { get; init; }

    public bool IsConnected { get; set; } = true;

    public int MaxRecordBytes { get; init; } = int.MaxValue;

    public bool Finishes { get; init; } = true;

    public volatile SinkException? Fault;

    /// <summary>How often it fails before it takes anything.</summary>
    public int Stumbles { get; set; }

    public Task SendAsync(IReadOnlyList<AuditLine> records, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        if (Fault is { } fault) throw fault;
        if (Stumbles-- > 0) throw new SinkException("stumbled");
        IsConnected = true;
        foreach (var record in records) _received.Enqueue(Encoding.UTF8.GetString(record.Utf8.Span));
        return Task.CompletedTask;
    }

    public Task<bool> FinishAsync(CancellationToken cancellationToken) => Task.FromResult(Finishes);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
