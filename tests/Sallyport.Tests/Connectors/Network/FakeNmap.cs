using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Connectors.Network;
using Sallyport.Connectors.Network.Running;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Connectors.Network;

/// <summary>A program called nmap that writes down each argument it gets and then does what the test tells it.</summary>
internal sealed class FakeNmap : IDisposable
{
    /// <summary>Writes an empty, complete document to where <c>-oX</c> says.</summary>
    public const string EmptyResult = """printf '<nmaprun scanner="nmap"><runstats><finished exit="success"/></runstats></nmaprun>' > nmap.xml""";

    private readonly string _directory = Directory.CreateTempSubdirectory("sallyport-fake-").FullName;

    /// <param name="then">Shell commands run after the arguments are written down.</param>
    /// <param name="alsoCalled">Further names under which the same program is there.</param>
    public FakeNmap(string then = EmptyResult, params IReadOnlyList<string> alsoCalled)
    {
        foreach (var name in alsoCalled.Prepend("nmap"))
        {
            var program = Path.Combine(_directory, name);
            File.WriteAllText(program, $"#!/bin/sh\nprintf '%s\\n' \"$@\" >> {Record}\necho run >> {Record}.runs\n{then}\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Programs = new ProgramFinder([_directory, "/usr/bin", "/bin"], FileRights.Read(_directory)!.Value.Uid);
    }

    public ProgramFinder Programs { get; }

    public bool WasStarted => File.Exists(Record);

    /// <summary>Everything that reached the program's argument vector, over all runs.</summary>
    public IReadOnlyList<string> Arguments => WasStarted ? File.ReadAllLines(Record) : [];

    public int Runs => File.Exists(Record + ".runs") ? File.ReadAllLines(Record + ".runs").Length : 0;

    private string Record => Path.Combine(_directory, "argv");

    public NetworkClient Client(NetworkSettings? settings = null, TimeProvider? clock = null, string? state = null)
        => Client(Programs, settings, clock, state ?? _directory);

    /// <param name="clock">Stands still unless the test moves it: a slow machine must not time anything out.</param>
    public static NetworkClient Client(ProgramFinder programs, NetworkSettings? settings = null, TimeProvider? clock = null, string state = "/nonexistent")
        => new(settings ?? new NetworkSettings(), new UpstreamContext("test", clock ?? new FakeClock(), NullLoggerFactory.Instance, state), programs, new OngoingWorks());

    public static ToolContext Context(IProgress<ToolProgress>? progress = null) => new("call-1", "test", TimeProvider.System, progress);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
