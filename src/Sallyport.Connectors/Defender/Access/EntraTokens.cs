using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Defender.Access;

/// <summary>Signs one tenant's application in to Entra ID. Nothing of it is shared with other tenants or kept on disk.</summary>
internal sealed partial class EntraTokens : IMsalHttpClientFactory, IDisposable
{
    private const int SignInRetries = 2;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LifeIfUnsaid = TimeSpan.FromSeconds(3300);
    private static readonly TimeSpan WarnBeforeExpiry = TimeSpan.FromDays(30);

    private readonly UpstreamContext _context;
    private readonly ILogger _log;
    private readonly X509Certificate2? _certificate;
    private readonly UpstreamHttp _http;
    private readonly HttpClient _client;
    private readonly IConfidentialClientApplication _application;

    public EntraTokens(DefenderSettings settings, DefenderAddresses addresses, UpstreamContext context)
    {
        (_context, _log) = (context, context.Loggers.CreateLogger("Sallyport.Defender"));
        _certificate = Certificate(settings);
        _http = new UpstreamHttp(
            new UpstreamHttpOptions { Name = "Entra ID", MaxRetries = SignInRetries, MaxResponseBytes = 1 << 20, Addresses = addresses.IsLoopback ? AddressRule.Any : AddressRule.Public },
            context);
        // The library insists on https; a simulator on this machine is asked in the place of the real authority.
        var authority = addresses.Authority.IsLoopback ? new Uri(DefenderAddresses.DefaultAuthority) : addresses.Authority;
        _client = BorrowedHttpClient.Over(_http, UpstreamRetry.Reads, asked => asked.Host == authority.Host
            ? new Uri(addresses.Authority, asked.PathAndQuery)
            : throw new UpstreamException(UpstreamFailure.Auth, "The sign-in library asked for another host, which is refused."));
        _application = Build(settings, authority);
    }

    /// <summary>The tokens for one audience; made once per audience, so that however many callers wait, one asks.</summary>
    public AccessTokenCache For(string scope) => new((need, token) => AcquireAsync(scope, need.Reason, token), Early, _context.Time, isStrict: true);

    HttpClient IMsalHttpClientFactory.GetHttpClient() => _client;

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
        _certificate?.Dispose();
    }

    private X509Certificate2? Certificate(DefenderSettings settings)
    {
        if (settings.Certificate is null)
            return null;
        var certificate = ClientCertificate.TryOpen(settings.Certificate, _context.Time, out var error)
            ?? throw new UpstreamException(UpstreamFailure.Auth, $"The certificate of this tenant {error!.Message}.");
        var left = certificate.NotAfter.ToUniversalTime() - _context.Time.GetUtcNow().UtcDateTime;
        if (left < WarnBeforeExpiry)
            LogExpiring(_context.Tenant, (int)left.TotalDays);
        return certificate;
    }

    private IConfidentialClientApplication Build(DefenderSettings settings, Uri authority)
    {
        var builder = ConfidentialClientApplicationBuilder.Create(settings.ClientId)
            .WithAuthority(authority.GetLeftPart(UriPartial.Authority), settings.TenantId, validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithLegacyCacheCompatibility(false)
            .WithHttpClientFactory(this, retryOnceOn5xx: false);
        return (_certificate, settings.ClientSecret, settings.FederatedTokenFile) switch
        {
            ({ } certificate, _, _) => builder.WithCertificate(certificate).Build(),
            (_, { } secret, _) => builder.WithClientSecret(secret.Reveal()).Build(),
            (_, _, { } file) => builder.WithClientAssertion(token => File.ReadAllTextAsync(file, token)).Build(),
            _ => throw new UpstreamException(UpstreamFailure.Auth, "This tenant has no credentials."),
        };
    }

    /// <summary>Always asks anew: what may be reused is our cache's to decide, and the library's own would hand back a refused token.</summary>
    private async Task<AccessToken> AcquireAsync(string scope, TokenReason reason, CancellationToken cancellationToken)
    {
        var started = _context.Time.GetUtcNow();
        try
        {
            var result = await _application.AcquireTokenForClient([scope]).WithForceRefresh(true).ExecuteAsync(cancellationToken);
            // The library adds the lifetime to the system's clock; ours is added to the clock we were given.
            var life = TimeSpan.FromSeconds(Math.Round((result.ExpiresOn - TimeProvider.System.GetUtcNow()).TotalSeconds));
            life = life > TimeSpan.Zero ? life : LifeIfUnsaid;
            LogAcquired(_context.Tenant, scope, (long)life.TotalSeconds, forced: reason == TokenReason.Rejected);
            return new AccessToken(result.AccessToken, started + life);
        }
        catch (MsalServiceException refused) when (refused.StatusCode == 429)
        {
            throw new UpstreamException(UpstreamFailure.Throttled, "Entra ID is throttling sign-ins; retries were used up.", refused);
        }
        catch (MsalException refused)
        {
            throw new UpstreamException(UpstreamFailure.Auth, $"Entra ID gave no token for this tenant ({ShortCode(refused.ErrorCode)}).", refused)
            {
                Hint = "Ask the operator to check this tenant's application, credentials and consent.",
            };
        }
        catch (System.Text.Json.JsonException broken)
        {
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "Entra ID answered a sign-in with something other than JSON.", broken);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new UpstreamException(UpstreamFailure.Auth, "The federated identity's token file cannot be read.", broken);
        }
    }

    /// <summary>The short OAuth code and never the description, which quotes what was sent.</summary>
    private static string ShortCode(string? code)
        => code is { Length: > 0 and <= 40 } && code.All(static letter => char.IsAsciiLetterLower(letter) || letter == '_') ? code : "no reason given";

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Information, EventName = "token-acquired", Message = "{Tenant}: token for {Scope}, good for {ExpiresIn} s, forced: {Forced}")]
    private partial void LogAcquired(string tenant, string scope, long expiresIn, bool forced);

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Warning, EventName = "certificate-expiring", Message = "{Tenant}: the Defender certificate expires in {DaysLeft} days")]
    private partial void LogExpiring(string tenant, int daysLeft);
}
