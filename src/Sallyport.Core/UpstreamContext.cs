using Microsoft.Extensions.Logging;

namespace Sallyport.Core;

/// <summary>What a connector's client is given besides its settings.</summary>
/// <param name="Tenant">The tenant it serves; goes into every log line.</param>
/// <param name="StateDirectory">A private directory where the client may keep what must survive a restart.</param>
/// <param name="AllowLoopback">A developer's opt-in: upstreams on this machine, over plain HTTP too.</param>
/// <param name="IsReadOnly">Whether the tenant may be changed at all; for telling, not for deciding.</param>
public sealed record UpstreamContext(
    string Tenant, TimeProvider Time, ILoggerFactory Loggers, string StateDirectory, bool AllowLoopback = false, bool IsReadOnly = true);
