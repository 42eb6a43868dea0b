using System.Text.Json.Serialization;

namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>In which form a receiver gets the records.</summary>
public enum RecordForm
{
    /// <summary>As they stand in the log, to the byte, so that the chain can be checked there too.</summary>
    [JsonStringEnumMemberName("native")]
    Native,

    /// <summary>As OCSF 1.8 API Activity.</summary>
    [JsonStringEnumMemberName("ocsf")]
    Ocsf,
}

/// <summary>What one receiver is sent, and how it is batched.</summary>
/// <param name="Name">Names it in logs, health and gap records, and the file that remembers how far it got.</param>
/// <param name="Sink">The receiver.</param>
public sealed record SinkPlan(string Name, IAuditSink Sink)
{
    public RecordForm Form { get; init; }

    /// <summary>Only the records that vouch for the chain so far: starts and checkpoints.</summary>
    public bool CheckpointsOnly { get; init; }

    /// <summary>Records in one batch.</summary>
    public int BatchRecords { get; init; } = 500;

    /// <summary>How long a batch waits to fill.</summary>
    public TimeSpan FlushAfter { get; init; }
}

/// <summary>Who else gets the records, and how far behind a receiver may fall. The log itself is where they wait.</summary>
/// <param name="Sinks">The receivers.</param>
/// <param name="WaitingBytes">Above this the oldest waiting records are skipped, counted and named in a `gap` record; or nothing is served.</param>
/// <param name="RefuseWhenFull">Rather refuse every call than skip a record.</param>
public sealed record AuditForwarding(IReadOnlyList<SinkPlan> Sinks, long WaitingBytes = 1L << 30, bool RefuseWhenFull = false);

/// <summary>How forwarding to one receiver goes.</summary>
/// <param name="Name">The receiver.</param>
/// <param name="Problem">Why the newest attempt failed; null when it did not.</param>
/// <param name="WaitingBytes">What was recorded and is not known to have arrived.</param>
/// <param name="Sent">Records sent by this process.</param>
/// <param name="Dropped">Records skipped by this process.</param>
public sealed record SinkStatus(string Name, string? Problem, long WaitingBytes, long Sent, long Dropped)
{
    public bool IsHealthy => Problem is null;
}
