using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Connectors.Network.Reach;

/// <summary>Arguments of a route trace.</summary>
internal sealed record TraceRoute(
    [Description("One address or host name, inside the targets that the operator allows."), StringLength(255, MinimumLength = 1)] string Target,
    [Description("Longest route."), Range(1, 30)] int MaxHops = 30,
    [Description("Probes for each hop."), Range(1, 3)] int Probes = 3,
    [Description("Seconds to wait for an answer."), Range(1, 5)] int Wait = 2);

/// <summary>The route as far as it could be seen.</summary>
/// <param name="Complete">Whether the trace ran to its end; it may end without having reached the target.</param>
internal sealed record TraceResult(string Address, bool Reached, bool Complete, IReadOnlyList<TraceHop> Hops, string? RequestedName = null);

/// <summary>One router on the way.</summary>
/// <param name="Ip">Absent when it did not answer.</param>
/// <param name="LatencyMs">The quickest answer.</param>
/// <param name="Lost">Probes that got none.</param>
/// <param name="Note">What the router said of the target, for example <c>!N</c> (network unreachable).</param>
internal sealed record TraceHop(int Hop, int Lost, string? Ip = null, double? LatencyMs = null, string? Note = null);
