namespace Sallyport.Tests.Configuration;

public sealed class CallerProofSettingsTests : IDisposable
{
    private const string OAuth = "issuer: 'https://login.test', audience: 'https://gate.test/mcp'";
    private const string Digest = "tokenSha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'";

    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("oauth: { issuer: 'http://login.test', audience: 'https://gate.test' }", "oauth.issuer")]
    [InlineData("oauth: { issuer: 'https://a@login.test', audience: 'https://gate.test' }", "oauth.issuer")]
    [InlineData("oauth: { issuer: 'https://login.test?x', audience: 'https://gate.test' }", "oauth.issuer")]
    [InlineData("oauth: { issuer: 'https://127.0.0.1', audience: 'api://gate' }", "oauth.audience")]
    [InlineData("oauth: { issuer: 'https://login.test', audience: 'api://gate', resource: 'http://gate.test' }", "oauth.resource")]
    [InlineData("oauth: { " + OAuth + ", keysEndpoint: 'http://login.test/keys' }", "oauth.keysEndpoint")]
    [InlineData("oauth: { " + OAuth + ", introspection: { endpoint: 'http://login.test/i', clientId: i, clientSecret: s12345 } }", "oauth.introspection.endpoint")]
    [InlineData("oauth: { " + OAuth + ", algorithms: [RS256, none] }", "oauth.algorithms[1]")]
    [InlineData("oauth: { " + OAuth + ", algorithms: [HS256] }", "oauth.algorithms[0]")]
    [InlineData("oauth: { " + OAuth + ", algorithms: [] }", "oauth.algorithms")]
    [InlineData("oauth: { " + OAuth + ", roles: [ { value: soc, role: raeder } ] }", "oauth.roles[0].role")]
    [InlineData("http: { trustedProxies: [everyone] }", "http.trustedProxies[0]")]
    [InlineData("http: { trustedProxies: [10.1.2.3/8] }", "http.trustedProxies[0]")]
    [InlineData("http: { trustedProxies: ['0.0.0.0/0'] }", "http.trustedProxies[0]")]
    [InlineData("http: { trustedProxies: ['::/0'] }", "http.trustedProxies[0]")]
    [InlineData("http: { identityHeader: X-User }", "http.identityHeader")]
    [InlineData("http: { trustedProxies: [10.1.2.3], identityHeader: Authorization }", "http.identityHeader")]
    [InlineData("http: { trustedProxies: [10.1.2.3], identityHeader: X-Forwarded-For }", "http.identityHeader")]
    [InlineData("callers: [ { name: a, forwarded: alice } ]", "callers[0].forwarded")]
    [InlineData("callers: [ { name: a, certificate: 'subject:CN=a' } ]", "callers[0].certificate")]
    [InlineData("callers: [ { name: a, certificate: 'CN=a' } ]", "callers[0].certificate")]
    [InlineData("http: { trustedProxies: [10.1.2.3], identityHeader: X-User }\ncallers: [ { name: a, forwarded: alice }, { name: b, forwarded: alice } ]", "callers[1]")]
    [InlineData("limits: { repeats: sometimes }", "limits.repeats")]
    [InlineData("limits: { calls: off }", "limits.calls")]
    [InlineData("limits: { concurrentCalls: 0 }", "limits.concurrentCalls")]
    [InlineData("roles: { triage: { allow: ['vectra/'] } }", "roles.triage.allow[0]")]
    [InlineData("roles: { triage: { allow: ['vectra/x/y'] } }", "roles.triage.allow[0]")]
    public void What_would_let_the_wrong_one_in_is_refused(string yaml, string path)
    {
        _bench.Yaml = yaml;

        Assert.Contains(_bench.Problems(), problem => problem.StartsWith(path + ": ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("oauth: { " + OAuth + " }")]
    [InlineData("oauth: { issuer: 'https://login.test/a', audience: 'api://gate', resource: 'https://gate.test' }")]
    [InlineData("http: { trustedProxies: [10.1.2.0/24, 'fd00::1'], identityHeader: X-User }\ncallers: [ { name: a, forwarded: alice, " + Digest + " } ]")]
    [InlineData("limits: { repeats: 'off', failedSignIns: 'off', calls: 600/60s, outputTokens: 2000000/1h }")]
    [InlineData("roles: { triage: { allow: ['vectra/*:read', '*/x_*', a_b], deny: ['network/*'] } }")]
    public void What_lets_nobody_else_in_is_not(string yaml)
    {
        _bench.Yaml = yaml;

        Assert.Empty(_bench.Problems());
    }
}
