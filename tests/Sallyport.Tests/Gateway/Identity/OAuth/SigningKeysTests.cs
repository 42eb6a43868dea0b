using Sallyport.Gateway.Identity.OAuth;

namespace Sallyport.Tests.Gateway.Identity.OAuth;

public sealed class SigningKeysTests : IDisposable
{
    private readonly TestIssuer _issuer = new();
    private readonly SigningKeys _keys;

    public SigningKeysTests() => _keys = new SigningKeys(_issuer.FetchAsync, _issuer.Clock);

    public void Dispose()
    {
        _keys.Dispose();
        _issuer.Dispose();
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_all_who_wait()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _keys.FindAsync("r1", CancellationToken.None)));

        Assert.All(found, keys => Assert.Single(keys!));
        Assert.Equal(1, _issuer.Fetches);
    }

    [Fact]
    public async Task A_key_that_is_not_known_leads_to_one_fetch_and_strangers_to_no_more()
    {
        await _keys.FindAsync("r1", CancellationToken.None);
        _issuer.KeySet = () => $"[{_issuer.RsaJwk("r2")}]";
        _issuer.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Single((await _keys.FindAsync("r2", CancellationToken.None))!);
        for (var i = 0; i < 100; i++)
            Assert.Empty((await _keys.FindAsync($"made-up-{i}", CancellationToken.None))!);

        Assert.Equal(2, _issuer.Fetches);
        Assert.Empty((await _keys.FindAsync("r1", CancellationToken.None))!);
    }

    [Fact]
    public async Task Old_keys_are_replaced_and_a_withdrawn_one_is_worth_nothing_then()
    {
        await _keys.FindAsync("r1", CancellationToken.None);
        _issuer.KeySet = () => $"[{_issuer.RsaJwk("r2")}]";

        _issuer.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Single((await _keys.FindAsync("r1", CancellationToken.None))!);
        _issuer.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await _keys.FindAsync("r1", CancellationToken.None))!);
    }

    [Fact]
    public async Task While_the_server_is_down_keys_do_for_an_hour_and_then_nobody_knows()
    {
        await _keys.FindAsync("r1", CancellationToken.None);
        _issuer.IsDown = true;

        _issuer.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Single((await _keys.FindAsync("r1", CancellationToken.None))!);
        _issuer.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _keys.FindAsync("r1", CancellationToken.None));
        Assert.IsType<TokenVerdict.Unavailable>(await new SignedTokens(_issuer.Claims(), _keys).CheckAsync(_issuer.Sign(_issuer.Good()), CancellationToken.None));
        _issuer.IsDown = false;
        _issuer.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Single((await _keys.FindAsync("r1", CancellationToken.None))!);
    }
}
