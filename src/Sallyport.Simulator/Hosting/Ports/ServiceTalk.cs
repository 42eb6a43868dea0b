using System.Net.Sockets;
using System.Text;

namespace Sallyport.Simulator.Hosting.Ports;

/// <summary>What a service says when somebody connects, and what it says to each line.</summary>
/// <param name="Greeting">Sent at once; empty for a service that waits to be asked.</param>
/// <param name="Reply">The answer to a line, or null to hang up.</param>
internal sealed record ServiceTalk(string Greeting, Func<string, string?> Reply)
{
    private const int LongestLine = 4096;
    private const string Page = "<!doctype html><title>Contoso</title><h1>It works!</h1>\n";

    private static readonly ServiceTalk Ssh = new("SSH-2.0-OpenSSH_8.4p1 Debian-5+deb11u1\r\n", static _ => null);

    private static readonly ServiceTalk Smtp = new("220 srv-web-01.contoso.example ESMTP Postfix\r\n", static line => line.Split(' ')[0].ToUpperInvariant() switch
    {
        "EHLO" or "HELO" => "250 srv-web-01.contoso.example\r\n",
        "QUIT" => null,
        _ => "502 5.5.2 Error: command not recognized\r\n",
    });

    // A request ends with an empty line; what it asked for makes no difference.
    private static readonly ServiceTalk Http = new("", static line => line.Length > 0 ? "" : null)
    {
        Farewell = $"HTTP/1.1 200 OK\r\nServer: Apache/2.4.49 (Unix)\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\nConnection: close\r\n\r\n{Page}",
    };

    /// <summary>Sent before hanging up.</summary>
    private string Farewell { get; init; } = "";

    public static ServiceTalk Of(string service) => service switch { "ssh" => Ssh, "smtp" => Smtp, _ => Http };

    public async Task RunAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await SayAsync(stream, Greeting, cancellationToken);
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestLine && await stream.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] != '\n')
            {
                line.Append((char)one[0]);
                continue;
            }
            if (Reply(line.ToString().TrimEnd('\r')) is not { } reply)
                break;
            line.Clear();
            await SayAsync(stream, reply, cancellationToken);
        }
        await SayAsync(stream, Farewell, cancellationToken);
    }

    private static ValueTask SayAsync(NetworkStream stream, string text, CancellationToken cancellationToken)
        => text.Length == 0 ? ValueTask.CompletedTask : stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
}
