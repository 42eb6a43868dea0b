using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Vectra.Access;

/// <summary>Gets access tokens for an API client; keeps nothing but the credentials it was given.</summary>
/// <remarks>The refresh token that the platform also sends is not used: client credentials do the same with one secret less to keep.</remarks>
internal sealed class VectraTokens : IDisposable
{
    /// <summary>How long before its end a token is replaced.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Unsaid = TimeSpan.FromHours(1);

    private readonly UpstreamHttp _http;
    private readonly Uri _address;
    private readonly string _basic;
    private readonly TimeProvider _time;

    public VectraTokens(VectraSettings settings, UpstreamHttpOptions options, UpstreamContext context)
    {
        _http = new UpstreamHttp(options with { AttemptTimeout = TimeSpan.FromSeconds(30), MaxRetries = 2, MaxResponseBytes = 64 << 10, Pace = null }, context);
        _address = settings.TokenUrl is { } url ? new Uri(url) : VectraOrigin.Of(settings).Token;
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ClientId}:{settings.ClientSecret!.Reveal()}"));
        Secret.Remember(pair);
        _basic = $"Basic {pair}";
        _time = context.Time;
    }

    public async Task<AccessToken> AcquireAsync(CancellationToken cancellationToken)
    {
        var asked = _time.GetUtcNow();
        await using var response = await _http.SendAsync(
            new UpstreamRequest(HttpMethod.Post, _address)
            {
                Body = static () => new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
                Retry = UpstreamRetry.Reads,
                IsAuthenticated = false,
                Headers = [KeyValuePair.Create("Authorization", _basic)],
            }, cancellationToken);
        if (response.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new UpstreamException(UpstreamFailure.Auth, $"Vectra refused this tenant's API client (HTTP {(int)response.Status}).")
            {
                Hint = "Ask the operator to check clientId and clientSecret.",
            };
        if (response.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
            throw new UpstreamException(UpstreamFailure.Auth, $"Vectra gives out no tokens at this address (HTTP {(int)response.Status}).")
            {
                Hint = "Ask the operator to check that baseUrl is the tenant's own portal.",
            };
        response.ThrowIfFailed();
        var token = await response.ReadAsync(VectraTokenJson.Default.TokenAnswer, cancellationToken);
        if (string.IsNullOrEmpty(token.AccessToken))
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "Vectra answered a token request without a token.");
        return new AccessToken(token.AccessToken, asked + Usable(token.ExpiresIn) + Early);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Up to a minute before the end; a token that lives two minutes or less is used for half its life.</summary>
    private static TimeSpan Usable(double? expiresIn)
    {
        var life = expiresIn is > 0 and < 1e9 ? TimeSpan.FromSeconds(expiresIn.Value) : Unsaid;
        return life <= 2 * Early ? life / 2 : life - Early;
    }
}

/// <summary>What the token endpoint answers.</summary>
internal sealed record TokenAnswer(string? AccessToken = null, double? ExpiresIn = null);

/// <summary>The token endpoint's members on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class VectraTokenJson : JsonSerializerContext;
