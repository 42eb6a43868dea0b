using Microsoft.Extensions.Logging;

namespace Sallyport.Core;

/// <summary>What a connector's client is given besides its settings.</summary>
/// <param name="Tenant">The tenant it serves; goes into every log line.</param>
/// <param name="StateDirectory">A private directory where the client may keep what must survive a restart.</param>
/// <param name="AllowLoopback">A developer's opt-in: upstreams on this machine, over plain HTTP too.</param>
/// <param name="IsReadOnly">Whether the tenant may be changed at all; for telling, not for deciding.</param>
public sealed record UpstreamContext(
    string Tenant, TimeProvider Time, ILoggerFactory Loggers, string StateDirectory, bool AllowLoopback = false, bool IsReadOnly = true)
{
    /// <summary>Told of work that goes on between calls; null where nobody watches.</summary>
    public Action<WorkNote>? OnWork { get; init; }
}

/// <summary>How far work between calls has come. It names no target and holds no result.</summary>
/// <param name="Id">The handle by which its result is fetched.</param>
/// <param name="Phase"><c>started</c>, <c>progress</c> or <c>finished</c>.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record WorkNote(string Id, string Phase, double? Done = null, double? Total = null, string? Outcome = null);
