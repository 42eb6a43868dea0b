using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Tests.Canaries;

/// <summary>
/// Stands before a simulated platform: notes every credential that is sent, puts canaries into headers, errors and answers, and
/// on request answers every question with an error that repeats the question, credentials included.
/// </summary>
internal sealed class CanaryProxy : IAsyncDisposable
{
    public const string InHeader = "canary-response-header-41b7";
    public const string InCookie = "canary-response-cookie-93d2";
    public const string InError = "canary-error-body-77aa";
    public const string InAnswer = "canary-answer-body-5e1c";

    private readonly WebApplication _app;
    private readonly Uri _platform;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 });

    private CanaryProxy(WebApplication app, Uri platform) => (_app, _platform) = (app, platform);

    /// <summary>Tokens, keys and passwords as they went over the wire.</summary>
    public ConcurrentDictionary<string, byte> Credentials { get; } = new(StringComparer.Ordinal);

    /// <summary>Status of the error that repeats the question; null passes questions on.</summary>
    public int? EchoStatus { get; set; }

    public Uri Address { get; private set; } = null!;

    public static async Task<CanaryProxy> StartAsync(Uri platform)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var proxy = new CanaryProxy(builder.Build(), platform);
        proxy._app.Run(proxy.PassAsync);
        await proxy._app.StartAsync();
        proxy.Address = new Uri(proxy._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var text = Encoding.UTF8.GetString(body.ToArray());
        if (http.Request.Headers.Authorization is [{ } authorization])
            Credentials.TryAdd(authorization[(authorization.IndexOf(' ') + 1)..], 0);
        var isTokenRequest = http.Request.Path.Value!.Contains("token", StringComparison.OrdinalIgnoreCase);
        http.Response.Headers["X-Canary"] = InHeader;
        http.Response.Headers.SetCookie = $"session={InCookie}";
        if (EchoStatus is { } status && !isTokenRequest)
            await EchoAsync(http, status, text);
        else
            await ForwardAsync(http, body.ToArray());
    }

    /// <summary>In the members in which platforms explain themselves.</summary>
    private static Task EchoAsync(HttpContext http, int status, string body)
    {
        var said = $"{InError} {http.Request.Headers.Authorization} {http.Request.QueryString} {body}";
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            error = new { code = "BadRequest", message = said },
            message = said,
            detail = said,
            errors = new[] { said },
            _meta = new { message = said },
        }));
    }

    private async Task ForwardAsync(HttpContext http, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_platform, http.Request.Path + http.Request.QueryString));
        if (body.Length > 0 || http.Request.ContentType is not null)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, value) in http.Request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
        }

        HttpResponseMessage answer;
        try
        {
            answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        }
        catch (HttpRequestException)
        {
            http.Abort();
            return;
        }

        using (answer)
        {
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            if (answer.Headers.RetryAfter is { } wait)
                http.Response.Headers.RetryAfter = wait.ToString();
            if (answer.Headers.Location is { } location)
                http.Response.Headers.Location = location.ToString();
            await CopyAsync(answer, http);
        }
    }

    /// <summary>The answer with one more member in front; a broken one goes on as broken as it came.</summary>
    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext http)
    {
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
            var first = new byte[1];
            if (await stream.ReadAsync(first, http.RequestAborted) == 0)
                return;
            await http.Response.Body.WriteAsync(first, http.RequestAborted);
            if (first[0] == (byte)'{' && answer.Content.Headers.ContentType?.MediaType == "application/json")
            {
                var canary = answer.IsSuccessStatusCode ? InAnswer : InError;
                await http.Response.WriteAsync($"\"zz_canary\":\"{canary}\",", http.RequestAborted);
            }

            await stream.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            http.Abort();
        }
    }
}
