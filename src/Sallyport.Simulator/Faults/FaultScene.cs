using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Faults;

/// <summary>What a fault needs to know about the platform it happens on.</summary>
internal sealed record FaultScene(ISimulatedPlatform Platform, TokenStore Tokens, TimeProvider Time, CancellationToken Stopping);
