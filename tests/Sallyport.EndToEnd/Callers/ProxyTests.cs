using System.Net;

namespace Sallyport.EndToEnd.Callers;

/// <summary>Wrong tokens by address, and callers whom a proxy in front has signed in, with the program as it ships.</summary>
public sealed class ProxyTests
{
    private const string Token = "token-of-the-soc-agent-0123456789";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trusted_proxy_says_who_calls_and_where_from()
    {
        await using var gate = await StartAsync("trustedProxies: [127.0.0.0/8], identityHeader: X-Forwarded-User");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gate, null, ("X-Forwarded-User", "alice@soc.test")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gate, null, ("X-Forwarded-User", "mallory@soc.test")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gate, null, ("X-Forwarded-User", "alice@soc.test"), ("X-Forwarded-User", "alice@soc.test")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gate, "wrong", ("X-Forwarded-User", "alice@soc.test")));
    }

    [Fact]
    public async Task From_anybody_else_the_header_is_worth_nothing()
    {
        await using var gate = await StartAsync("trustedProxies: [192.0.2.7], identityHeader: X-Forwarded-User");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gate, null, ("X-Forwarded-User", "alice@soc.test")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gate, null, ("X-Forwarded-User", "alice@soc.test"), ("X-Forwarded-For", "192.0.2.7")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gate, Token));
    }

    [Fact]
    public async Task Whoever_tries_tokens_waits_and_everybody_else_does_not()
    {
        await using var gate = await StartAsync("trustedProxies: [127.0.0.1]");
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gate, $"guess-{i}", ("X-Forwarded-For", $"203.0.113.{i}, 198.51.100.9")));

        using var late = await gate.SendAsync(HttpMethod.Get, "tools", Token, Cancel, null, ("X-Forwarded-For", "198.51.100.9"));

        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        Assert.InRange(late.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gate, Token, ("X-Forwarded-For", "198.51.100.10")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gate, Token));
        // The address that counts is the last one that the proxy saw; what stands before it, anyone can write.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gate, Token, ("X-Forwarded-For", "198.51.100.9, 198.51.100.11")));
        var said = await gate.EndAsync(Cancel);
        Assert.DoesNotContain("guess-", said, StringComparison.Ordinal);
        Assert.Contains("198.51.100.9", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_trusted_proxy_a_forwarded_address_hides_nobody()
    {
        await using var gate = await StartAsync("");
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gate, $"guess-{i}", ("X-Forwarded-For", $"203.0.113.{i}")));

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(gate, "guess-6", ("X-Forwarded-For", "203.0.113.77")));
        using var live = await gate.SendAsync(HttpMethod.Get, "health/live", null, Cancel);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private static async Task<ServedGate> StartAsync(string http)
    {
        var forwarded = http.Contains("identityHeader", StringComparison.Ordinal) ? "- { name: alice, forwarded: alice@soc.test, role: reader }" : "";
        var program = new SallyportProgram { Variables = { ["TOKEN"] = Token } };
        return await ServedGate.StartAsync(program, $$"""
            http: { {{http}} }
            limits: { failedSignIns: 5/60s }
            callers:
              - { name: by-token, token: "${env:TOKEN}", role: reader }
              {{forwarded}}
            tenants: { default: { network: { allowedTargets: [loopback] } } }
            """, "127.0.0.1:0", Cancel);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServedGate gate, string? token, params (string Name, string Value)[] headers)
    {
        using var answer = await gate.SendAsync(HttpMethod.Get, "tools", token, Cancel, null, headers);
        return answer.StatusCode;
    }
}
