using System.Net;

namespace Sallyport.EndToEnd.Callers;

/// <summary>The OAuth server is away or is not what the settings say: nobody is let in by it, and the operator reads why.</summary>
public sealed class UnreachableIssuerTests
{
    private const string Token = "token-of-the-soc-agent-0123456789";
    private const string Signed = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30.AAAA";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://127.0.0.1:1", "not allowed")]
    [InlineData("https://localhost:1", "not allowed")]
    [InlineData("https://169.254.169.254", "not allowed")]
    [InlineData("https://login.invalid", "cannot be")]
    public async Task Its_tokens_are_answered_503_and_others_still_work(string issuer, string why)
    {
        var program = new SallyportProgram { Variables = { ["TOKEN"] = Token } };
        await using var gate = await ServedGate.StartAsync(program, $$"""
            oauth: { issuer: "{{issuer}}", audience: "https://gate.test/mcp" }
            callers: [ { name: by-token, token: "${env:TOKEN}", role: reader } ]
            tenants: { default: { network: { allowedTargets: [loopback] } } }
            """, "127.0.0.1:0", Cancel);

        using var unknown = await gate.SendAsync(HttpMethod.Get, "tools", Signed, Cancel);
        using var forged = await gate.SendAsync(HttpMethod.Get, "tools", "not-a-token", Cancel);
        using var known = await gate.SendAsync(HttpMethod.Get, "tools", Token, Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (unknown.StatusCode, forged.StatusCode, known.StatusCode));
        var said = await gate.EndAsync(Cancel);
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Signed, said, StringComparison.Ordinal);
    }
}
