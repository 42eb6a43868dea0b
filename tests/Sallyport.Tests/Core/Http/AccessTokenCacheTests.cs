using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class AccessTokenCacheTests
{
    private readonly FakeClock _clock = new();
    private int _asked;

    [Fact]
    public async Task Fifty_callers_cause_one_token_request()
    {
        var cache = Cache(TimeSpan.FromHours(1));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cache.GetAsync(CancellationToken.None)));

        Assert.Equal((1, 1), (_asked, tokens.Distinct().Count()));
    }

    [Fact]
    public async Task A_token_is_replaced_before_it_ends()
    {
        var cache = Cache(TimeSpan.FromSeconds(100));
        await cache.GetAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(39));
        await cache.GetAsync(CancellationToken.None);
        var before = _asked;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await cache.GetAsync(CancellationToken.None);

        Assert.Equal((1, 2), (before, _asked));
    }

    [Fact]
    public async Task Callers_who_were_refused_with_the_same_token_share_one_renewal()
    {
        var cache = Cache(TimeSpan.FromHours(1));
        var rejected = await cache.GetAsync(CancellationToken.None);

        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cache.ReplaceAsync(rejected, CancellationToken.None)));

        Assert.All(renewed, token => Assert.Equal("token-2", token.Value));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_failed_request_is_not_remembered()
    {
        var cache = new AccessTokenCache(
            (_, _) => ++_asked == 1 ? Task.FromException<AccessToken>(new InvalidOperationException()) : Task.FromResult(new AccessToken("second", DateTimeOffset.MaxValue)),
            TimeSpan.Zero, _clock);
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync(CancellationToken.None));

        Assert.Equal("second", (await cache.GetAsync(CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_take_the_others_token_away()
    {
        var gate = new TaskCompletionSource<AccessToken>();
        var cache = new AccessTokenCache((_, _) => gate.Task, TimeSpan.Zero, _clock);
        using var leaves = new CancellationTokenSource();
        var first = cache.GetAsync(leaves.Token);
        var second = cache.GetAsync(CancellationToken.None);
        await leaves.CancelAsync();
        gate.SetResult(new AccessToken("shared", DateTimeOffset.MaxValue));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("shared", (await second).Value);
    }

    private AccessTokenCache Cache(TimeSpan life) => new(
        (_, _) => Task.FromResult(new AccessToken($"token-{Interlocked.Increment(ref _asked)}", _clock.GetUtcNow() + life)), TimeSpan.FromSeconds(60), _clock);
}
