using System.Net;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Vectra;

/// <summary>One tenant's way to Vectra: its own token, connections and pace.</summary>
internal sealed class VectraClient : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(120);

    private readonly UpstreamHttp _http;
    private readonly VectraTokens? _tokens;
    private readonly Uri _root;

    public VectraClient(VectraSettings settings, UpstreamContext context)
    {
        var origin = VectraOrigin.Of(settings);
        if (origin.Address.IsLoopback && !context.AllowLoopback)
            throw new UpstreamException(UpstreamFailure.Unavailable, "This tenant's Vectra address is on this machine, which the settings do not allow.");
        (Settings, Time, Api, Portal) = (settings, context.Time, new VectraApi(settings.ApiVersion), origin.Address);
        _root = new Uri(origin.Address, Api.Root);
        var options = Options(settings, context);
        if (settings.ApiKey is { } key)
        {
            var authorization = new Secret($"Token {key.Reveal()}");
            options = options with { Headers = [KeyValuePair.Create("Authorization", authorization)] };
        }
        else
        {
            var tokens = _tokens = new VectraTokens(settings, options, context);
            options = options with { Tokens = new AccessTokenCache((_, token) => tokens.AcquireAsync(token), VectraTokens.Early, context.Time) };
        }

        _http = new UpstreamHttp(options, context);
        Users = new UserCache(TimeSpan.FromSeconds(settings.UserCacheSeconds), context.Time);
    }

    public VectraSettings Settings { get; }

    public TimeProvider Time { get; }

    public VectraApi Api { get; }

    /// <summary>The origin that links for people start with.</summary>
    public Uri Portal { get; }

    public UserCache Users { get; }

    /// <summary>Any answer, for callers that read more than success from the status.</summary>
    public async Task<UpstreamResponse> AnswerAsync(VectraQuery query, string accept, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(CallTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var request = UpstreamRequest.Get(new Uri(_root, query.ToString())) with { Accept = accept };
            var response = await _http.SendAsync(request, either.Token);
            if (!AddsSlash(response, request.Address, out var slashed))
                return response;
            await response.DisposeAsync();
            return await _http.SendAsync(request with { Address = slashed }, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(UpstreamFailure.Timeout, "Vectra did not answer in time.") { Hint = "Try a narrower question." };
        }
    }

    public async Task<UpstreamResponse> GetAsync(VectraQuery query, CancellationToken cancellationToken)
    {
        var response = await AnswerAsync(query, "application/json", cancellationToken);
        return await CheckedAsync(response, query, isWrite: false, cancellationToken);
    }

    /// <summary>Sends a change; repeated only when the platform cannot have acted on it.</summary>
    public async Task<UpstreamResponse> ChangeAsync(HttpMethod method, VectraQuery query, Func<HttpContent>? body, CancellationToken cancellationToken)
    {
        var response = await _http.SendAsync(
            new UpstreamRequest(method, new Uri(_root, query.ToString())) { Body = body, Retry = UpstreamRetry.IfNotExecuted }, cancellationToken);
        return await CheckedAsync(response, query, isWrite: true, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _tokens?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<UpstreamResponse> CheckedAsync(UpstreamResponse response, VectraQuery query, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            await VectraRefusal.ThrowIfFailedAsync(response, query.Resource, isWrite, cancellationToken);
            return response;
        }
        catch
        {
            await response.DisposeAsync();
            throw;
        }
    }

    /// <summary>Some portals answer a path without a slash by naming the same path with one; no other redirect is followed.</summary>
    private static bool AddsSlash(UpstreamResponse response, Uri asked, out Uri slashed)
    {
        slashed = new UriBuilder(asked) { Path = asked.AbsolutePath + "/" }.Uri;
        return response.Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            && response.Headers.Location is { } location && new Uri(asked, location) == slashed;
    }

    private static UpstreamHttpOptions Options(VectraSettings settings, UpstreamContext context) => new()
    {
        Name = "Vectra",
        AttemptTimeout = TimeSpan.FromSeconds(settings.RequestTimeout),
        Pace = new Pace(settings.RateLimitRequests, TimeSpan.FromSeconds(settings.RateLimitPeriod), context.Time),
        Addresses = context.AllowLoopback ? AddressRule.Any : settings.IsAppliance ? AddressRule.PublicOrPrivate : AddressRule.Public,
        Proxy = settings.Proxy is { } proxy ? new Uri(proxy) : null,
        CaFile = settings.CaFile,
    };
}
