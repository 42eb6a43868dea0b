using System.Diagnostics;
using System.Net.Sockets;

namespace Sallyport.EndToEnd.Audit;

/// <summary>A real rsyslogd that writes the text of each message, and nothing else, to a file.</summary>
internal sealed class Rsyslog : IAsyncDisposable
{
    private const string Program = "/usr/sbin/rsyslogd";
    private readonly Process _process;

    private Rsyslog(Process process, string output) => (_process, Output) = (process, output);

    public string Output { get; }

    public string[] Lines => File.Exists(Output) ? File.ReadAllLines(Output) : [];

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="folder">Its own folder, in which the output survives a restart.</param>
    /// <param name="input">The lines of its configuration that say how it receives.</param>
    /// <param name="port">The TCP port that says when it is ready; null for UDP.</param>
    public static async Task<Rsyslog> StartAsync(string folder, string input, int? port)
    {
        if (!File.Exists(Program)) Assert.Skip("rsyslogd is not installed; 'make test' installs it.");
        var output = Path.Combine(folder, "received.log");
        var configuration = Path.Combine(folder, "rsyslog.conf");
        await File.WriteAllTextAsync(configuration, $"""
            global(workDirectory="{folder}" maxMessageSize="1m")
            template(name="text" type="string" string="%msg%\n")
            {input}
            action(type="omfile" file="{output}" template="text" fileCreateMode="0600")

            """);
        var process = Process.Start(new ProcessStartInfo(Program, ["-n", "-f", configuration, "-i", Path.Combine(folder, "pid")]) { RedirectStandardError = true })!;
        _ = process.StandardError.ReadToEndAsync();
        var server = new Rsyslog(process, output);
        await server.UntilAsync(() => port is { } tcp ? CanConnect(tcp) : File.ReadAllText("/proc/net/udp").Length > 0);
        return server;
    }

    /// <summary>Looks until it is so, and fails after a while when it never is.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"It never happened. rsyslogd {(_process.HasExited ? "has ended" : "runs")}; it received {Lines.Length} lines.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static bool CanConnect(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
