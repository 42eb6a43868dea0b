using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sallyport.Hosting;
using Sallyport.Tests.Configuration;

namespace Sallyport.Tests.Hosting;

public sealed class HttpSetupTests : IDisposable
{
    private const string Token = "token-of-the-soc-agent-1";

    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("token: " + Token)]
    [InlineData("tokenSha256: '{0}'")]
    public async Task A_token_is_known_by_itself_or_by_its_digest(string proof)
    {
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)));
        _bench.Yaml = $"callers: [ {{ name: soc, {proof.Replace("{0}", digest)}, role: scanner }} ]";

        Assert.Equal(("soc", "scanner"), (await FindAsync("Bearer " + Token)) is { } caller ? (caller.Subject, caller.Role) : default);
        Assert.Null(await FindAsync("Bearer wrong"));
        Assert.Null(await FindAsync(null));
    }

    [Fact]
    public async Task Where_no_proof_is_needed_a_wrong_one_is_refused_all_the_same()
    {
        _bench.Yaml = "http: { requireAuth: false }";

        Assert.Equal("open-access", (await FindAsync(null))?.Subject);
        Assert.Null(await FindAsync("Bearer wrong"));
    }

    [Theory]
    [InlineData("", 64)]
    [InlineData("maxConnectionsPerAddress: 3", 3)]
    [InlineData("behindProxy: true, maxConnectionsPerAddress: 3", null)]
    public void Connections_are_counted_by_address_unless_all_come_from_a_proxy(string http, int? most)
    {
        _bench.Yaml = $"http: {{ {http} }}";

        Assert.Equal(most, HttpSetup.Of(_bench.Settings()).MaxConnectionsPerAddress);
    }

    private async Task<Sallyport.Gateway.Identity.Caller?> FindAsync(string? authorization)
    {
        var http = new DefaultHttpContext();
        if (authorization is not null)
            http.Request.Headers.Authorization = authorization;
        return await HttpSetup.Of(_bench.Settings()).FindCaller(http);
    }
}
