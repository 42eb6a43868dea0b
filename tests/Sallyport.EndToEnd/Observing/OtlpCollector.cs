using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.EndToEnd.Observing;

/// <summary>As much of an OpenTelemetry collector as tests need: takes OTLP over HTTP and keeps the bytes.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private OtlpCollector(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        collector.Address = collector._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return collector;
    }

    /// <summary>Everything sent to a path so far; names and texts stand in it as they are, lengths and numbers as protobuf.</summary>
    public string Text(string path) => string.Concat(_received.Where(message => message.Path == path).Select(message => Encoding.Latin1.GetString(message.Body)));

    /// <summary>Whether these bytes were sent in some message.</summary>
    public bool Has(string path, byte[] bytes) => _received.Any(message => message.Path == path && message.Body.AsSpan().IndexOf(bytes) >= 0);

    public async Task WaitForAsync(string path, string text, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!Text(path).Contains(text, StringComparison.Ordinal))
            await Task.Delay(50, patience.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        _received.Enqueue((http.Request.Path.Value!, body.ToArray()));
    }
}
