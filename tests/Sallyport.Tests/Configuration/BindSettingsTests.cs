namespace Sallyport.Tests.Configuration;

public sealed class BindSettingsTests : IDisposable
{
    private const string Caller = "callers: [ { name: a, tokenSha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } ]\n";
    private const string Key = "audit: { hmacKey: '${env:KEY}' }\n";

    private readonly SettingsBench _bench = new() { Variables = { ["KEY"] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" } };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("http: { listen: 0.0.0.0:8765 }\n" + Caller + Key, "http.listen", "http.behindProxy: true")]
    [InlineData("http: { listen: '*:8765' }\n" + Caller + Key, "http.listen", "http.tls.certificate")]
    [InlineData("http: { listen: '[::]:8765' }\n" + Caller + Key, "http.listen", "listen on 127.0.0.1")]
    [InlineData("http: { listen: 10.1.2.3:8765 }\n" + Caller + Key, "http.listen", "http.behindProxy: true")]
    [InlineData("http: { listen: 0.0.0.0:8765, behindProxy: true }\n" + Key, "callers", "MCP_ROLE_<NAME>")]
    [InlineData("http: { listen: 0.0.0.0:8765, behindProxy: true, requireAuth: false }\n" + Key, "http.requireAuth", "REQUIRE_AUTH")]
    [InlineData("http: { listen: 0.0.0.0:8765, behindProxy: true, requireAuth: false }\n" + Caller + Key, "http.requireAuth", "listen on 127.0.0.1")]
    [InlineData("http: { listen: 0.0.0.0:8765, behindProxy: true }\n" + Caller, "audit.hmacKey", "REQUIRE_AUDIT_HMAC_KEY=false")]
    [InlineData("http: { listen: 0.0.0.0:8765, behindProxy: true }\naudit: { hmacKey: short }\n" + Caller, "audit.hmacKey", "at least 32 bytes")]
    [InlineData("http: { listen: 127.0.0.1:8765 }", "callers", "http.requireAuth: false")]
    [InlineData("http: { listen: 0.0.0.0:8765, tls: { certificate: /nowhere/c, key: /nowhere/k } }\n" + Caller + Key, "http.tls.key", "there is no file")]
    [InlineData("observability: { metricsListen: 0.0.0.0:9090 }\n" + Caller + Key, "observability.metricsListen", "listen on 127.0.0.1")]
    [InlineData("observability: { metricsListen: 127.0.0.1:99999 }\n" + Caller + Key, "observability.metricsListen", "127.0.0.1:9090")]
    [InlineData("http: { behindProxy: true, requireAuth: false }\nobservability: { metricsListen: '*:9090' }\n" + Key, "http.requireAuth", "listen on 127.0.0.1")]
    public void Serving_where_strangers_could_read_or_walk_in_is_refused_with_the_way_out(string yaml, string path, string wayOut)
    {
        _bench.Yaml = "transport: http\n" + yaml;

        Assert.Contains(_bench.Problems(), problem => problem.StartsWith(path + ": ", StringComparison.Ordinal) && problem.Contains(wayOut, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http: { listen: 127.0.0.1:0 }\n" + Caller)]
    [InlineData("http: { listen: localhost:0 }\n" + Caller)]
    [InlineData("http: { listen: '[::1]:0' }\n" + Caller)]
    [InlineData("http: { listen: 127.0.0.1:0, requireAuth: false }")]
    [InlineData("http: { listen: 0.0.0.0:8765, behindProxy: true }\n" + Caller + Key)]
    [InlineData("observability: { metricsListen: 127.0.0.1:9090 }\n" + Caller)]
    [InlineData("http: { behindProxy: true }\nobservability: { metricsListen: '*:9090' }\n" + Caller + Key)]
    [InlineData("oauth: { issuer: 'https://login.test', audience: 'https://gate.test' }")]
    [InlineData("http: { listen: 0.0.0.0:8765, behindProxy: true }\naudit: { requireKey: false }\n" + Caller)]
    public void Serving_where_nobody_can_is_not(string yaml)
    {
        _bench.Yaml = "transport: http\n" + yaml;

        Assert.Empty(_bench.Problems());
    }

    [Fact]
    public void Over_standard_input_nobody_has_to_prove_anything()
    {
        _bench.Yaml = "transport: stdio\nhttp: { listen: 0.0.0.0:8765 }";

        Assert.Empty(_bench.Problems());
    }

    [Fact]
    public void The_command_line_asks_for_http_and_the_same_rules_hold()
    {
        _bench.Options.Add(new("transport", "http", "--transport"));
        _bench.Options.Add(new("http.listen", "0.0.0.0:1", "--listen"));

        var problems = _bench.Problems();

        Assert.Contains(problems, problem => problem.EndsWith("(command line: --listen)", StringComparison.Ordinal));
        Assert.Equal(3, problems.Count);
    }
}
