namespace Sallyport.Core.Http;

/// <summary>
/// Keeps one tenant's token for one audience. However many callers wait, one asks; a token that the platform
/// rejected is never handed out again.
/// </summary>
/// <param name="acquire">Gets a token; is told why.</param>
/// <param name="early">How long before its end a token is replaced; one that lives no longer than that is replaced at half its life.</param>
/// <param name="isStrict">A token that lives no longer than that serves one call instead.</param>
public sealed class AccessTokenCache(
    Func<TokenNeed, CancellationToken, Task<AccessToken>> acquire, TimeSpan early, TimeProvider time, bool isStrict = false)
{
    private readonly Lock _lock = new();
    private AccessToken? _current;
    private DateTimeOffset _freshUntil;
    private Task<AccessToken>? _pending;

    public Task<AccessToken> GetAsync(CancellationToken cancellationToken) => GetAsync(rejected: null, cancellationToken);

    /// <summary>A token other than <paramref name="rejected"/>; callers who were refused with the same token share one renewal.</summary>
    public Task<AccessToken> ReplaceAsync(AccessToken rejected, CancellationToken cancellationToken) => GetAsync(rejected, cancellationToken);

    private Task<AccessToken> GetAsync(AccessToken? rejected, CancellationToken cancellationToken)
    {
        Task<AccessToken> pending;
        lock (_lock)
        {
            if (_current is { } current && !ReferenceEquals(current, rejected) && time.GetUtcNow() < _freshUntil)
                return Task.FromResult(current);
            pending = _pending ??= AcquireAsync(new TokenNeed(rejected is null ? _current : null, (rejected, _current) switch
            {
                ({ }, _) => TokenReason.Rejected,
                (_, null) => TokenReason.Initial,
                _ => TokenReason.Proactive,
            }));
        }

        return pending.WaitAsync(cancellationToken);
    }

    /// <summary>Serves every caller that waits, so no single caller may cancel it; the token request has a timeout of its own.</summary>
    private async Task<AccessToken> AcquireAsync(TokenNeed need)
    {
        await Task.Yield();
        try
        {
            var token = await acquire(need, CancellationToken.None);
            Secret.Remember(token.Value);
            if (token.RefreshToken is { } refresh)
                Secret.Remember(refresh);
            var life = token.Expires - time.GetUtcNow();
            lock (_lock)
                (_current, _freshUntil) = (token, token.Expires - (isStrict || early < life ? early : life / 2));
            return token;
        }
        finally
        {
            lock (_lock)
                _pending = null;
        }
    }
}
