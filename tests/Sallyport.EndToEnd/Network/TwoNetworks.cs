using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sallyport.EndToEnd.Network;

/// <summary>
/// Two network namespaces of a test's own, one for the scanner and one for its targets, joined by one cable. Nothing in them is
/// routed through the machine's own network. Gone when disposed.
/// </summary>
internal sealed partial class TwoNetworks : IDisposable
{
    public const string Target = "10.77.0.2";
    public const string Target6 = "fd77::2";

    private const int NetworkNamespace = 0x40000000;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"sp{Environment.ProcessId}x{Random.Shared.Next(1, 9999)}");
    private readonly List<Socket> _sockets = [];

    public TwoNetworks()
    {
        Ip("netns", "add", Scanner);
        Ip("netns", "add", Targets);
        Ip("link", "add", "near", "netns", Scanner, "type", "veth", "peer", "name", "far", "netns", Targets);
        foreach (var (network, device, end) in new[] { (Scanner, "near", 1), (Targets, "far", 2) })
        {
            Ip("-n", network, "addr", "add", $"10.77.0.{end}/24", "dev", device);
            Ip("-n", network, "addr", "add", $"fd77::{end}/64", "dev", device, "nodad");
            Ip("-n", network, "link", "set", "lo", "up");
            Ip("-n", network, "link", "set", device, "up");
        }
    }

    /// <summary>The namespace to start the program in.</summary>
    public string Scanner => $"{_name}a";

    private string Targets => $"{_name}b";

    private static string Probe { get; } = string.Create(CultureInfo.InvariantCulture, $"sp{Environment.ProcessId}probe");

    /// <summary>Why this machine cannot run such a test; null when it can.</summary>
    public static string? WhyNot => Obstacle.Value;

    /// <summary>Looked at once: two looks at a time would be in each other's way.</summary>
    private static Lazy<string?> Obstacle { get; } = new(() => !OperatingSystem.IsLinux() ? "Network namespaces are Linux's."
        : !Environment.IsPrivilegedProcess ? "Making network namespaces needs root."
        : new[] { "/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip" }.All(path => !File.Exists(path)) ? "The program ip (package iproute2) is not installed."
        : !File.Exists("/usr/bin/nmap") ? "nmap is not installed."
        : Try("ip", "netns", "add", Probe) is { } refused ? $"This machine makes no network namespaces: {refused}"
        : Try("ip", "netns", "del", Probe));

    /// <summary>Gives the target network further hosts.</summary>
    public void AddHosts(int first, int last)
    {
        for (var host = first; host <= last; host++)
            Ip("-n", Targets, "addr", "add", $"10.77.0.{host}/24", "dev", "far");
    }

    /// <summary>Opens a port on every address of the target network.</summary>
    public void Open(int port) => Listen(port, backlog: 128);

    /// <summary>A port that neither accepts nor refuses: its queue is full, so whatever comes is dropped without a word.</summary>
    public void Filter(int port)
    {
        Listen(port, backlog: 0);
        InTargets(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                var filler = Keep(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false });
                try
                {
                    filler.Connect(IPAddress.Loopback, port);
                }
                catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // The kernel goes on with it.
                }
            }
        });
    }

    /// <summary>Lets answers trickle.</summary>
    public void SlowDown() => Run("ip", "netns", "exec", Targets, "tc", "qdisc", "add", "dev", "far", "root", "tbf", "rate", "1kbit", "burst", "1540", "limit", "100000");

    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        Try("ip", "netns", "del", Scanner);
        Try("ip", "netns", "del", Targets);
    }

    private void Listen(int port, int backlog) => InTargets(() =>
    {
        var socket = Keep(new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true });
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        socket.Listen(backlog);
    });

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>A socket belongs to the network of the thread that made it, for good.</summary>
    private void InTargets(Action act)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var network = File.OpenHandle($"/run/netns/{Targets}");
                if (Enter((int)network.DangerousGetHandle(), NetworkNamespace) != 0)
                    throw new InvalidOperationException($"The namespace cannot be entered ({Marshal.GetLastPInvokeError()}).");
                act();
            }
            catch (Exception broken)
            {
                failure = broken;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("The target network could not be set up.", failure);
    }

    private static void Ip(params string[] arguments) => Run("ip", arguments);

    private static void Run(string program, params string[] arguments)
    {
        if (Try(program, arguments) is { } problem)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {problem}");
    }

    private static string? Try(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int Enter(int file, int kind);
}
