using System.Net;
using Sallyport.Simulator.Faults;

namespace Sallyport.Simulator.Hosting;

/// <summary>Which company to simulate, how large, and what goes wrong in it.</summary>
public sealed record SimulatorOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>From 25 to 50,000.</summary>
    public int Devices { get; init; } = 400;

    /// <summary>Switched on, on every platform, from the start.</summary>
    public IReadOnlyList<FaultSwitch> Faults { get; init; } = [];

    /// <summary>Which platforms to start; all when nothing is said.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = BuiltInPlatforms.Every;

    /// <summary>A loopback address; port 0 lets each platform take a free one, another port is the first of a row.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Serves HTTPS with a certificate made at start.</summary>
    public bool Https { get; init; }

    /// <summary>Opens a few TCP services on loopback for a port scan to find.</summary>
    public bool OpenPorts { get; init; } = true;

    /// <summary>The company's clock: the story ends when it starts, tokens and delays run by it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
