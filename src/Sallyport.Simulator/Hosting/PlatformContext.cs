using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting.Journal;
using Sallyport.Simulator.Hosting.Ports;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Hosting;

/// <summary>What a platform is built from.</summary>
/// <param name="World">The story; hostile where this platform's faults say so.</param>
/// <param name="Services">What really listens on loopback, so that a platform can name the ports that a scan finds.</param>
internal sealed record PlatformContext(
    Company World, TimeProvider Time, FaultPlan Faults, TokenStore Tokens, RequestJournal Journal, IReadOnlyList<RunningService> Services);
