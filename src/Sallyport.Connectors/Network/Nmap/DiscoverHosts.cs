using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Connectors.Network.Nmap.Planning;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Arguments of a host discovery.</summary>
internal sealed record DiscoverHosts(
    [Description(ScanPorts.TargetHelp), StringLength(255, MinimumLength = 1)] string Target,
    [Description("Look up the names of the hosts found.")] bool ResolveNames = false,
    [Description("List hosts that did not answer, too.")] bool IncludeDown = false,
    [Description("0 slowest to 5 fastest."), Range(0, 5)] int Timing = 4,
    [Description("Seconds it may take; what was found until then is returned."), Range(1, 3600)] double? TimeoutSec = null)
{
    public ScanPorts ToScan() => new(
        Target, ScanTemplate.Discovery, ResolveNames: ResolveNames, Timing: Timing, TimeoutSec: TimeoutSec, ExtraArgs: IncludeDown ? "-v" : "");
}
