using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Tests.Gateway;

/// <summary>What a test's gate does differently from the usual one.</summary>
internal sealed record TestGatewayOptions
{
    public ApprovalPolicy Approvals { get; init; } = new(ApprovalNeed.Never, TimeSpan.FromMinutes(15));

    /// <summary>Where held calls are kept, when two gates share them.</summary>
    public IApprovalStore? Store { get; init; }

    public RateLimit Mutations { get; init; } = new(100_000, TimeSpan.FromSeconds(60));

    /// <summary>As many as <see cref="Mutations"/> when null.</summary>
    public RateLimit? OpenAccessMutations { get; init; }

    public RateLimit? Calls { get; init; }

    public IReadOnlyList<ToolRate> Tools { get; init; } = [];

    public RateLimit? Repeats { get; init; }

    public RateLimit? OutputBytes { get; init; }

    public int CallsPerCaller { get; init; } = 128;

    public ResponseLimits Limits { get; init; } = new();

    public CircuitOptions Circuit { get; init; } = new();

    public IReadOnlyList<Role> Roles { get; init; } = [];

    public IReadOnlySet<string> SwitchedOff { get; init; } = new HashSet<string>();

    public string? DefaultTenant { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;

    public bool Wrap { get; init; } = true;

    public FakeClock? Clock { get; init; }

    public int TenantsAtOnce { get; init; } = 5;

    /// <summary>For connectors whose retries and timeouts must really pass.</summary>
    public bool UsesRealTime { get; init; }

    /// <summary>Any other time.</summary>
    public TimeProvider? Time { get; init; }
}
