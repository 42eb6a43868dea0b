using System.Text.Json;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>Says of a scan that is asked for whether it can disturb its target, so that a person decides about it first.</summary>
internal static class IntrusiveScans
{
    private static readonly ScriptShelf Shelf = new();

    /// <summary>Where intrusive scans are not allowed at all there is nothing to decide: they are refused.</summary>
    public static PersonRule Rule { get; } = new(static settings => ((NetworkSettings)settings).AllowIntrusive, ReasonFor) { ContinuesFreely = true };

    private static string? ReasonFor(object settings, JsonElement arguments)
    {
        var own = (NetworkSettings)settings;
        var limits = new ScanLimits(AllowIntrusive: true, HasRawSockets: true, own.MaxArgumentBytes, long.MaxValue);
        var scripts = ProgramFinder.System.Find(ScanTools.Program.Name).Path is { } nmap ? Shelf.For(nmap) : null;
        var planner = new ScanPlanner(limits, own.Rule(), scripts);
        var request = arguments.Deserialize(NetworkToolsJson.Default.ScanPorts)!.ToRequest();
        // Options differ between one address and many; which of both it is, only the look-up of its name would say.
        return IsIntrusive(1) || IsIntrusive(2) ? "This scan can disturb its target." : null;

        bool IsIntrusive(long addresses)
        {
            try
            {
                return planner.Plan(new ScanTarget("127.0.0.1", addresses), request).IsIntrusive;
            }
            catch (InvalidArgumentsException)
            {
                // The scan will be refused for it, in the same words.
                return false;
            }
        }
    }
}
