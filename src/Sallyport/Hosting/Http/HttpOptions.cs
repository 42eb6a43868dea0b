using System.Net;
using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Policy;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Http.OAuth;
using Sallyport.Hosting.Observing;

namespace Sallyport.Hosting.Http;

/// <summary>Finds out who sent a request; null when that is not proven.</summary>
internal delegate ValueTask<Caller?> FindCaller(HttpContext http);

/// <summary>Where HTTP is served, to whom, and what protects it.</summary>
/// <param name="FindCaller">The only way in: there is no anonymous caller.</param>
internal sealed record HttpOptions(IPEndPoint Listen, FindCaller FindCaller)
{
    /// <summary>Lets callers in with an account of a platform, where a tenant's settings ask for it.</summary>
    public RequestAccounts? Accounts { get; init; }

    /// <summary>What <c>/metrics</c> shows; null serves none.</summary>
    public PrometheusPage? Metrics { get; init; }

    /// <summary>Where <c>/metrics</c> and nothing else is served too; null opens no second address.</summary>
    public IPEndPoint? MetricsListen { get; init; }

    /// <summary>All addresses that are listened on.</summary>
    public IEnumerable<IPEndPoint> Places => MetricsListen is { } second ? [Listen, second] : [Listen];

    /// <summary>Host names that requests may carry besides loopback names and the address listened on.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins of web pages that may call, for example <c>https://soc.example.org</c>, besides loopback ones.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Serve the deprecated HTTP+SSE transport too.</summary>
    public bool LegacySse { get; init; }

    /// <summary>HTTPS when there is one.</summary>
    public ServerTls? Tls { get; init; }

    /// <summary>Tells clients where to get a token, when an OAuth server is configured.</summary>
    public ProtectedResource? Resource { get; init; }

    /// <summary>Proxies whose word about a request's origin is taken.</summary>
    public TrustedProxies Proxies { get; init; } = new([]);

    /// <summary>Wrong tokens from one address until it must wait; null where addresses say nothing, or by choice.</summary>
    public RateLimit? FailedSignIns { get; init; }

    /// <summary>Keeps refused tokens in the audit; null where there is none.</summary>
    public SignInRecords? Refused { get; init; }

    /// <summary>How long a client may take to send a request's head, and to begin with its body.</summary>
    public TimeSpan SlowClients { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an event stream stays open on which nothing is asked or answered.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Says whether more requests are welcome, while the program runs; they are when this is null.</summary>
    public Func<bool>? IsReady { get; init; }

    /// <summary>How many tools there are for a caller, and how many of them are switched on.</summary>
    public Func<Caller, (int Total, int Enabled)>? CountTools { get; init; }

    public int MaxConnections { get; init; } = 100;

    /// <summary>Connections of one address at a time; null where all come from a proxy, or by choice.</summary>
    public int? MaxConnectionsPerAddress { get; init; }

    /// <summary>How long running calls may take to end when the program stops.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take before the client gets its headers and signs of life.</summary>
    public TimeSpan KeepAliveAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest MCP message, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Largest body of a plain tool call, in bytes.</summary>
    public int MaxExecuteBytes { get; init; } = 64 * 1024;
}
