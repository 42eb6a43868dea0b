using Sallyport.Core.Processes;

namespace Sallyport.Core.Tools;

/// <summary>How a tool runs for one tenant, for operators to see.</summary>
/// <param name="Concurrency">Runs at a time.</param>
/// <param name="Timeout">How long a run may take when the call does not say.</param>
/// <param name="LongestTimeout">What no call can ask beyond.</param>
public sealed record ToolRuns(int Concurrency, TimeSpan Timeout, TimeSpan LongestTimeout)
{
    /// <summary>What the program it starts may use; null where it starts none.</summary>
    public ProcessLimits? Program { get; init; }

    /// <summary>Ready sets of options that a call can name.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>Addresses that one call may be about.</summary>
    public int? MostAddresses { get; init; }

    /// <summary>Whether runs that can disturb are allowed; null where there are none.</summary>
    public bool? AllowsIntrusive { get; init; }

    /// <summary>What the program may do beyond any user's, for example <c>CAP_NET_RAW</c>.</summary>
    public IReadOnlyList<string> Privileges { get; init; } = [];
}
