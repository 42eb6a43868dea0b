using System.Globalization;
using Sallyport.Connectors.Network.Targets;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>A scan that may run: the options in order, what it will cost, and what it needed to be allowed.</summary>
/// <param name="Options">Everything the caller had a say in, checked.</param>
/// <param name="Probes">Addresses times ports.</param>
/// <param name="Downgrade">Why the scan is weaker than what was asked for, when it is.</param>
/// <param name="Scripts">The explicit names that categories were expanded to.</param>
internal sealed record ScanPlan(
    ScanTarget Target, IReadOnlyList<string> Options, long Probes, bool IsIntrusive, bool HasRawSockets, string? Downgrade,
    IReadOnlyList<string> Scripts, bool HasHostTimeout, bool ResolvesNames)
{
    /// <summary>The result file, in the run's own directory.</summary>
    public const string OutputFile = "nmap.xml";

    /// <summary>How often nmap says how far it is.</summary>
    private static readonly string[] Progress = ["--stats-every", "5s"];

    /// <summary>With less time than this, nmap's own deadline would leave nothing to scan with.</summary>
    private static readonly TimeSpan ShortestHostTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(5);

    /// <summary>The tool that asked for it.</summary>
    public string Tool { get; init; } = "";

    /// <summary>The whole argument vector for one address block of the target; the block is last, behind <c>--</c>.</summary>
    public IReadOnlyList<string> ArgumentsFor(string block, TimeSpan timeout) =>
    [
        .. Options,
        .. HostTimeout(timeout),
        .. ResolvesNames ? [] : (string[])["-n"],
        .. Target.IsIpv6 ? (string[])["-6"] : [],
        HasRawSockets ? "--privileged" : "--unprivileged", "--noninteractive", "--no-stylesheet", .. Progress, "-oX", OutputFile, "--", block,
    ];

    /// <summary>One address: nmap is told to give up just before we would end it, so that it completes its document.</summary>
    private string[] HostTimeout(TimeSpan timeout)
        => Target.Addresses == 1 && !HasHostTimeout && timeout > ShortestHostTimeout
            ? ["--host-timeout", string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling((timeout - TimeToFinish).TotalSeconds)}s")]
            : [];
}
