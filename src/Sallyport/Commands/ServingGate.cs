using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Commands;

/// <summary>A gate in another process, as its operator reaches it over HTTP.</summary>
internal sealed class ServingGate : IDisposable
{
    private const int MostErrorBytes = 4096;

    private readonly Uri _address;
    private readonly UpstreamHttp _http;

    public ServingGate(Uri address, Secret token)
    {
        Secret.Remember($"Bearer {token.Reveal()}");
        _address = address;
        _http = new UpstreamHttp(
            new UpstreamHttpOptions
            {
                Name = "The gate",
                Addresses = AddressRule.Any,
                MaxRetries = 0,
                Headers = [new("Authorization", new Secret($"Bearer {token.Reveal()}"))],
            },
            new UpstreamContext("cli", TimeProvider.System, NullLoggerFactory.Instance, "", AllowLoopback: true));
    }

    /// <summary>The gate's JSON, also where it says no in its own words.</summary>
    public async Task<JsonDocument> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        await using var answer = await _http.SendAsync(new UpstreamRequest(method, new Uri(_address, path)), cancellationToken);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Forbidden)
        {
            answer.RequireJson();
            return JsonDocument.Parse(await answer.ReadErrorAsync(MostErrorBytes, cancellationToken));
        }

        answer.ThrowIfFailed();
        answer.RequireJson();
        return await JsonDocument.ParseAsync(answer.Body, cancellationToken: cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
