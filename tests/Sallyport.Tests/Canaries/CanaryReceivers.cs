using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Tests.Canaries;

/// <summary>Everyone whom a gate tells things: a syslog receiver, a collector of audit records, and one of traces and metrics.</summary>
internal sealed class CanaryReceivers : IAsyncDisposable
{
    public const string Audit = "/audit";
    public const string Traces = "/v1/traces";

    private readonly TcpListener _syslog = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<byte[]> _told = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _posted = new();
    private readonly WebApplication _collector;

    public CanaryReceivers()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        _collector = builder.Build();
        _collector.Run(TakeAsync);
    }

    public string Syslog => $"tcp://127.0.0.1:{((IPEndPoint)_syslog.LocalEndpoint).Port}";

    public string Address => _collector.Urls.Single();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _syslog.Start();
        _ = AcceptAsync();
        await _collector.StartAsync(cancellationToken);
    }

    /// <summary>What was sent over syslog.</summary>
    public string Told => Text(_told);

    /// <summary>What was posted to a path.</summary>
    public string Posted(string path) => _posted.TryGetValue(path, out var bodies) ? Text(bodies) : "";

    public async ValueTask DisposeAsync()
    {
        _syslog.Dispose();
        await _collector.DisposeAsync();
    }

    private static string Text(IEnumerable<byte[]> parts)
    {
        using var all = new MemoryStream();
        foreach (var part in parts)
            all.Write(part);
        return Encoding.Latin1.GetString(all.ToArray());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ReadAsync(await _syslog.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ReadAsync(TcpClient client)
    {
        using (client)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                for (int count; (count = await client.GetStream().ReadAsync(buffer)) > 0;)
                    _told.Enqueue(buffer[..count]);
            }
            catch (IOException)
            {
                // The gate is gone.
            }
        }
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _posted.GetOrAdd(http.Request.Path.Value!, _ => new()).Enqueue(body.ToArray());
    }
}
