using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.EndToEnd.Audit;

/// <summary>A collector behind HTTPS that keeps the records of each JSON array that is posted to it, by path.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentQueue<(string Path, string? Authorization, JsonElement Records)> _posts = [];

    private Webhook(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    public Uri Address => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), "/");

    /// <summary>Answers everything with this until it is set back to 200.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public int Asked => _posts.Count;

    public static async Task<Webhook> StartAsync(TestAuthority authority)
    {
        var (certificate, key) = authority.Issue("localhost");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var own = X509Certificate2.CreateFromPemFile(certificate, key);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(own)));
        var hook = new Webhook(builder.Build(), own);
        hook._app.Run(hook.TakeAsync);
        await hook._app.StartAsync(TestContext.Current.CancellationToken);
        return hook;
    }

    /// <summary>The records that were taken at a path, as they came.</summary>
    public IReadOnlyList<string> Records(string path) => [.. Posts(path).SelectMany(post => post.Records.EnumerateArray()).Select(record => record.GetRawText())];

    public IEnumerable<(string? Authorization, JsonElement Records)> Posts(string path) => _posts.Where(post => post.Path == path).Select(post => (post.Authorization, post.Records));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        http.Response.StatusCode = Status;
        _posts.Enqueue((Status == StatusCodes.Status200OK ? http.Request.Path.Value! : "refused", http.Request.Headers.Authorization, body.RootElement.Clone()));
    }
}
