using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Eset.Access;

/// <summary>Gets tokens for one ESET user: by refresh where the cloud gave one, else by password.</summary>
internal sealed class EsetSignIn(EsetPlace place, string user, Secret password, SignInGuard guard, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>How long before its end a token is replaced.</summary>
    public TimeSpan Early => place.IsOnPrem ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(300);

    public async Task<AccessToken> AcquireAsync(UpstreamHttp http, AccessToken? previous, CancellationToken cancellationToken)
    {
        if (previous?.RefreshToken is { } refresh && time.GetUtcNow() < previous.Expires)
        {
            using var renewal = Form(("grant_type", "refresh_token"), ("refresh_token", refresh));
            try
            {
                return await SendAsync(http, await renewal.ReadAsByteArrayAsync(cancellationToken), FormType, cancellationToken);
            }
            catch (UpstreamException exception) when (exception.Failure is UpstreamFailure.Auth)
            {
                // A refresh token that is refused is worth nothing; the password still is.
            }
        }

        return await ByPasswordAsync(http, cancellationToken);
    }

    private async Task<AccessToken> ByPasswordAsync(UpstreamHttp http, CancellationToken cancellationToken)
    {
        var account = $"{user}@{place.Name}";
        guard.ThrowIfRefused(account, password);
        var (body, type) = place.IsOnPrem
            ? (JsonSerializer.SerializeToUtf8Bytes(new ConsoleSignIn(user, password.Reveal()), SignInJson.Default.ConsoleSignIn), JsonType)
            : (await Form(("grant_type", "password"), ("username", user), ("password", password.Reveal()), ("refresh_token", "")).ReadAsByteArrayAsync(cancellationToken), FormType);
        try
        {
            var token = await SendAsync(http, body, type, cancellationToken);
            guard.Accepted(account);
            return token;
        }
        catch (UpstreamException exception) when (exception.Failure is UpstreamFailure.Auth)
        {
            guard.Refused(account, password);
            throw;
        }
    }

    private async Task<AccessToken> SendAsync(UpstreamHttp http, byte[] body, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest(HttpMethod.Post, place.SignIn)
        {
            Body = () => new ByteArrayContent(body) { Headers = { ContentType = type } },
            Retry = UpstreamRetry.Reads,
            IsAuthenticated = false,
            AttemptTimeout = Timeout,
            Service = place.IsOnPrem ? "GetTokens" : EsetPlace.SignInService,
        };
        await using var response = await http.SendAsync(request, cancellationToken);
        if (response.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new UpstreamException(UpstreamFailure.Auth, $"ESET refused the sign-in (HTTP {(int)response.Status}).")
            {
                Hint = "Ask the operator to check this tenant's user, password and region.",
            };
        }

        response.ThrowIfFailed();
        if (response.Status != HttpStatusCode.OK)
            throw Missing();
        var (value, seconds, refresh) = place.IsOnPrem
            ? await response.ReadAsync(SignInJson.Default.ConsoleToken, cancellationToken) is var console ? (console.AccessToken, console.ExpiresIn, null) : default
            : await response.ReadAsync(SignInJson.Default.CloudToken, cancellationToken) is var cloud ? (cloud.AccessToken, cloud.ExpiresIn, cloud.RefreshToken) : default;
        return string.IsNullOrEmpty(value) ? throw Missing() : new AccessToken(value, time.GetUtcNow().AddSeconds(seconds), refresh);
    }

    private static UpstreamException Missing() => new(UpstreamFailure.InvalidResponse, "ESET answered the sign-in without a token.");

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields)
        => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");
}

/// <summary>What a console is sent for a token.</summary>
internal sealed record ConsoleSignIn(string Username, string Password, [property: JsonPropertyName("grant_type")] string GrantType = "password");

/// <summary>What a console answers.</summary>
internal sealed record ConsoleToken(string? AccessToken = null, double ExpiresIn = 3600);

/// <summary>What the cloud answers.</summary>
internal sealed record CloudToken(
    [property: JsonPropertyName("access_token")] string? AccessToken = null,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken = null,
    [property: JsonPropertyName("expires_in")] double ExpiresIn = 3600);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConsoleSignIn))]
[JsonSerializable(typeof(ConsoleToken))]
[JsonSerializable(typeof(CloudToken))]
internal sealed partial class SignInJson : JsonSerializerContext;
