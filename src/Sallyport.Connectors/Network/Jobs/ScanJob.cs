using System.Text.Json.Serialization;
using Sallyport.Connectors.Network.Nmap;

namespace Sallyport.Connectors.Network.Jobs;

/// <summary>A scan that goes on while nobody waits for it, as it is kept on disk and shown to callers.</summary>
/// <param name="ScanId">The handle under which its result is fetched.</param>
/// <param name="ProcessId">The gate's process that runs it; another on the same state directory leaves it alone.</param>
/// <param name="Hosts">Hosts found up so far.</param>
internal sealed record ScanJob(
    string ScanId, ScanJobStatus Status, DateTime Created, ScanPorts Request, DateTime? Started = null, DateTime? Finished = null, double? Done = null,
    double? Total = null, string? Progress = null, int Hosts = 0, string? Error = null, int ProcessId = 0)
{
    [JsonIgnore]
    public bool IsOver => Status is not (ScanJobStatus.Queued or ScanJobStatus.Running);
}

/// <summary>How far a background scan has come.</summary>
internal enum ScanJobStatus
{
    /// <summary>Waits for a place.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Ran to its end; the result says whether it is whole.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Stopped by a caller; what was found until then is kept.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>The gate stopped while it ran; what was found until then is kept.</summary>
    [JsonStringEnumMemberName("interrupted")]
    Interrupted,
}
