using System.Text.Json.Nodes;
using Sallyport.Gateway.Identity.OAuth;

namespace Sallyport.Tests.Gateway.Identity.OAuth;

public sealed class SignedTokensTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"r1","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"r1","typ":"application/at+jwt"}""")]
    [InlineData("""{"alg":"RS512","kid":"r1","typ":"JWT"}""")]
    [InlineData("""{"alg":"PS256","kid":"r1"}""")]
    [InlineData("""{"alg":"ES256","kid":"e1"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    public async Task A_token_that_the_issuer_signed_for_this_gate_names_its_caller(string header)
    {
        var verdict = await _issuer.CheckAsync(_issuer.Sign(_issuer.Good(), header));

        var caller = Assert.IsType<TokenVerdict.Accepted>(verdict).Caller;
        Assert.Equal(("oauth:alice", "reader", "oauth"), (caller.Subject, caller.Role, caller.Proof));
        Assert.Equal(["*"], caller.Tenants);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None","kid":"r1"}""")]
    [InlineData("""{"alg":"HS256","kid":"r1"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"rs256","kid":"r1"}""")]
    [InlineData("""{"alg":["RS256"],"kid":"r1"}""")]
    [InlineData("""{"alg":"\ud800","kid":"r1"}""")]
    [InlineData("""{"kid":"r1"}""")]
    [InlineData("""{"alg":"none","alg":"RS256","kid":"r1"}""")]
    [InlineData("""{"alg":"RS256","kid":"r1","crit":["exp"]}""")]
    [InlineData("""{"alg":"RS256","kid":"r1","typ":"logout+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":7}""")]
    [InlineData("""{"alg":"RS256","kid":"nobody's"}""")]
    [InlineData("""{"alg":"ES256","kid":"r1"}""")]
    [InlineData("""{"alg":"RS256","kid":"e1"}""")]
    [InlineData("""{"alg":"ES384","kid":"e1"}""")]
    [InlineData("""["RS256"]""")]
    public async Task A_header_that_asks_for_anything_else_is_refused(string header)
        => Assert.IsType<TokenVerdict.Invalid>(await _issuer.CheckAsync(_issuer.Sign(_issuer.Good(), header)));

    [Fact]
    public async Task A_key_that_the_token_brings_along_or_points_to_is_never_used()
    {
        using var stranger = new TestIssuer();
        var jwk = stranger.RsaJwk("own");

        foreach (var header in (string[])[$$"""{"alg":"RS256","jwk":{{jwk}}}""", $$"""{"alg":"RS256","kid":"own","jwk":{{jwk}}}""", """{"alg":"RS256","kid":"r1","jku":"https://attacker.test/keys"}"""])
            Assert.IsType<TokenVerdict.Invalid>(await _issuer.CheckAsync(stranger.Sign(_issuer.Good(), header)));
    }

    [Fact]
    public async Task Any_changed_character_makes_the_token_worthless()
    {
        var token = _issuer.Sign(_issuer.Good());
        var tokens = _issuer.Tokens();
        for (var i = 0; i < token.Length; i += 7)
        {
            var other = token[i] == 'A' ? 'B' : 'A';
            var changed = string.Concat(token.AsSpan(0, i), [other], token.AsSpan(i + 1));
            Assert.IsType<TokenVerdict.Invalid>(await tokens.CheckAsync(changed, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    [InlineData("not a token")]
    [InlineData("e30.e30.")]
    [InlineData("e30=.e30=.e30=")]
    [InlineData("ey J.e30.e30")]
    [InlineData("////.e30.e30")]
    public async Task What_is_no_token_is_refused_without_asking_anybody(string token)
    {
        Assert.IsType<TokenVerdict.Invalid>(await _issuer.CheckAsync(token));
        Assert.Equal(0, _issuer.Fetches);
    }

    [Fact]
    public async Task Random_bytes_never_break_the_check()
    {
        var random = new Random(8);
        var tokens = _issuer.Tokens();
        for (var i = 0; i < 500; i++)
        {
            var parts = Enumerable.Range(0, 3).Select(_ => { var bytes = new byte[random.Next(1, 60)]; random.NextBytes(bytes); return TestIssuer.Encode(bytes); });
            Assert.IsType<TokenVerdict.Invalid>(await tokens.CheckAsync(string.Join('.', parts), CancellationToken.None));
        }
    }

    public static TheoryData<string, string> WrongClaims => new()
    {
        { "iss", "\"https://login.test/other\"" }, { "iss", "\"https://login.test/realm/\"" }, { "iss", "null" }, { "iss", "" },
        { "aud", "\"https://other.test/mcp\"" }, { "aud", "[\"a\",\"b\"]" }, { "aud", "[]" }, { "aud", "" }, { "aud", "{\"https://gate.test/mcp\":1}" }, { "aud", "\"https://gate.test/mcp x\"" },
        { "exp", "" }, { "exp", "null" }, { "exp", "\"9999999999\"" }, { "exp", "-1" }, { "exp", "1e300" }, { "exp", "1" },
        { "nbf", "4000000000" }, { "iat", "4000000000" }, { "nbf", "\"now\"" },
        { "sub", "" }, { "sub", "\"\"" }, { "sub", "7" }, { "sub", "\"a b\"" }, { "sub", "\"a\\nb\"" }, { "sub", "\"\\ud800\"" },
        { "cnf", "{\"jkt\":\"x\"}" },
    };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task A_genuine_token_with_a_wrong_claim_is_refused(string claim, string value)
    {
        var claims = _issuer.Good();
        claims.Remove(claim);
        var json = claims.ToJsonString();
        if (value.Length > 0)
            json = $"{json[..^1]},\"{claim}\":{value}}}";

        Assert.IsType<TokenVerdict.Invalid>(await _issuer.CheckAsync(_issuer.Sign(json, """{"alg":"RS256","kid":"r1"}""")));
    }

    [Fact]
    public async Task A_claim_that_comes_twice_is_refused()
        => Assert.IsType<TokenVerdict.Invalid>(await _issuer.CheckAsync(_issuer.Sign(_issuer.Good().ToJsonString().Replace("\"sub\":", "\"sub\":\"bob\",\"sub\":", StringComparison.Ordinal), """{"alg":"RS256","kid":"r1"}""")));

    [Fact]
    public async Task Clocks_may_differ_by_half_a_minute_and_no_more()
    {
        var token = _issuer.Sign(_issuer.Good());
        var tokens = _issuer.Tokens();

        _issuer.Clock.Advance(TimeSpan.FromSeconds(329));
        Assert.IsType<TokenVerdict.Accepted>(await tokens.CheckAsync(token, CancellationToken.None));
        _issuer.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<TokenVerdict.Invalid>(await tokens.CheckAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Only_algorithms_on_the_operators_list_are_accepted()
    {
        _issuer.Rules = _issuer.Rules with { Algorithms = ["ES256"] };

        Assert.IsType<TokenVerdict.Invalid>(await _issuer.CheckAsync(_issuer.Sign(_issuer.Good())));
        Assert.IsType<TokenVerdict.Accepted>(await _issuer.CheckAsync(_issuer.Sign(_issuer.Good(), """{"alg":"ES256","kid":"e1"}""")));
    }

    [Fact]
    public async Task Keys_for_encryption_of_another_algorithm_too_short_or_shared_are_not_used()
    {
        foreach (var keys in (string[])[_issuer.RsaJwk("r1", ",\"use\":\"enc\""), _issuer.RsaJwk("r1", ",\"alg\":\"PS256\""), """{"kty":"oct","kid":"r1","k":"c2VjcmV0"}""", """{"kty":"RSA","kid":"r1","n":"sw","e":"AQAB"}""", """{"kty":"EC","crv":"P-256","kid":"r1","x":"AQ","y":"AQ"}""", "7"])
        {
            _issuer.KeySet = () => $"[{keys}]";
            Assert.IsType<TokenVerdict.Invalid>(await _issuer.CheckAsync(_issuer.Sign(_issuer.Good())));
        }
    }

    [Fact]
    public async Task Scopes_role_and_tenants_come_from_the_claims_the_operator_named()
    {
        _issuer.Rules = _issuer.Rules with
        {
            Scopes = ["mcp", "soc"],
            RoleClaim = "realm_access.roles",
            Roles = [("soc-lead", "writer"), ("soc", "reader")],
            TenantsClaim = "tenants",
        };
        async Task<TokenVerdict> With(string scope, string role, string tenants)
        {
            var claims = _issuer.Good();
            claims["scope"] = scope;
            claims["realm_access"] = new JsonObject { ["roles"] = new JsonArray([.. role.Split(' ').Select(name => (JsonNode)name)]) };
            claims["tenants"] = new JsonArray([.. tenants.Split(' ').Select(name => (JsonNode)name)]);
            return await _issuer.CheckAsync(_issuer.Sign(claims));
        }

        var lead = Assert.IsType<TokenVerdict.Accepted>(await With("soc openid mcp", "soc soc-lead", "fabrikam * contoso nowhere")).Caller;
        Assert.Equal("writer", lead.Role);
        Assert.Equal(["contoso", "fabrikam"], lead.Tenants);
        Assert.Equal("reader", Assert.IsType<TokenVerdict.Accepted>(await With("mcp soc", "soc", "contoso")).Caller.Role);
        Assert.IsType<TokenVerdict.Lacking>(await With("mcp", "soc", "contoso"));
        Assert.IsType<TokenVerdict.Lacking>(await With("mcp soc", "reader", "contoso"));
        Assert.IsType<TokenVerdict.Lacking>(await With("mcp soc", "soc", "*"));
        Assert.IsType<TokenVerdict.Lacking>(await With("mcp soc", "soc", "nowhere"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"root\"]")]
    [InlineData("[\"reader\",\"writer\"]")]
    [InlineData("7")]
    public async Task No_role_or_two_of_which_none_comes_first_grants_nothing(string roles)
    {
        var claims = _issuer.Good();
        claims["roles"] = JsonNode.Parse(roles);

        Assert.IsType<TokenVerdict.Lacking>(await _issuer.CheckAsync(_issuer.Sign(claims)));
    }
}
