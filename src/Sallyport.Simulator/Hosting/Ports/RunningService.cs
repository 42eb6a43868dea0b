using System.Net;

namespace Sallyport.Simulator.Hosting.Ports;

/// <summary>A TCP service that really listens on loopback and stands for one on a device of the story.</summary>
/// <param name="Name">What nmap calls it: ssh, http, smtp.</param>
/// <param name="EndPoint">Where it listens.</param>
/// <param name="DeviceIndex">The device that it stands for.</param>
/// <param name="StoryPort">The port that the story gives it.</param>
public sealed record RunningService(string Name, IPEndPoint EndPoint, int DeviceIndex, int StoryPort, string Product, string Version);
