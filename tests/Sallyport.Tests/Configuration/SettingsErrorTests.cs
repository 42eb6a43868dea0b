namespace Sallyport.Tests.Configuration;

public sealed class SettingsErrorTests : IDisposable
{
    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("http: { lisen: 127.0.0.1:1 }", "http.lisen: is unknown; did you mean 'listen'?")]
    [InlineData("mode: write", "mode: must be one of \"ro\", \"rw\"")]
    [InlineData("http: { behindProxy: 'false' }", "http.behindProxy: must be true or false; remove the quotes")]
    [InlineData("http: { behindProxy: yes }", "http.behindProxy: must be true or false")]
    [InlineData("http: { maxConnections: many }", "http.maxConnections: must be an integer")]
    [InlineData("http: { maxConnections: 0 }", "http.maxConnections: must be from 1 to 10000")]
    [InlineData("limits: { mutations: 60 per minute }", "limits.mutations: must be so many in so long, such as 60/60s or 1000/1h")]
    [InlineData("approvals: { expiresAfter: 15 minutes }", "approvals.expiresAfter: must be a span of time such as 500ms, 30s, 15m, 2h or 1d")]
    [InlineData("approvals: { expiresAfter: 30d }", "approvals.expiresAfter: must be from 1s to 604800s")]
    [InlineData("http: { listen: 8765 }", "http.listen: must be HOST:PORT with an address, localhost or * as host, such as 127.0.0.1:8765")]
    [InlineData("http: { listen: 300.1.1.1:80 }", "http.listen: is not an address and port; write for example 127.0.0.1:8765")]
    [InlineData("tenants: { contoso: { portl: {} } }", "tenants.contoso.portl: is unknown; did you mean 'portal'?")]
    [InlineData("tenants: { contoso: { portal: {} } }", "tenants.contoso.portal.baseUrl: is required")]
    [InlineData("tenants: { contoso: { portal: { baseUrl: 'http://x.test' } } }", "tenants.contoso.portal.baseUrl: must be https")]
    [InlineData("tenants: { 'con toso': { mode: ro } }", "tenants.con toso: a tenant's id must be 1 to 64 letters, digits, dashes and underscores")]
    [InlineData("tenants: { a: { mode: ro }, A: { mode: ro } }", "tenants.A: differs from another tenant's id only in capital letters")]
    [InlineData("{ defaultTenant: contosso, tenants: { contoso: { mode: ro } } }", "defaultTenant: names a tenant that is unknown; did you mean 'contoso'?")]
    [InlineData("callers: [ { name: a, role: readr, tokenSha256: '{0}' } ]", "callers[0].role: names a role that is unknown; did you mean 'reader'?")]
    [InlineData("callers: [ { name: a } ]", "callers[0]: must have either token or tokenSha256")]
    [InlineData("callers: [ { name: open-access, tokenSha256: '{0}' } ]", "callers[0].name: is what the gate calls callers without proof; choose another")]
    [InlineData("callers: [ { name: 'account:a@b', tokenSha256: '{0}' } ]", "callers[0].name: must be 1 to 64 letters")]
    [InlineData("callers: [ { name: 'oauth:a', tokenSha256: '{0}' } ]", "callers[0].name: must be 1 to 64 letters")]
    [InlineData("callers: [ { name: a, tokens: x } ]", "callers[0].tokens: is unknown; did you mean 'token'?")]
    [InlineData("callers: [ { name: a, tokenSha256: '{0}' }, { name: b, tokenSha256: '{0}' } ]", "callers[1]: has the same token as another caller, so the two could not be told apart")]
    [InlineData("callers: [ { name: a, tokenSha256: '{0}', tenants: [x] } ]", "callers[0].tenants: names a tenant that is unknown")]
    [InlineData("roles: { admin: { allow: ['*'] } }", "roles.admin: is a built-in role and cannot be changed; choose another name")]
    [InlineData("roles: { mine: { allow: ['*:see'] } }", "roles.mine.allow[0]: must be a tool name, * and ? allowed, with a platform and / in front and :read or :write behind if wanted")]
    [InlineData("oauth: { issuer: 'http://login.test', audience: x }", "oauth.issuer: must be an https address")]
    [InlineData("oauth: { issuer: 'https://login.test' }", "oauth.audience: is required")]
    [InlineData("audit: { https: 'http://siem.test' }", "audit.https: must be an https address")]
    [InlineData("audit: { syslog: 'tls:/x' }", "audit.syslog: must be [tcp://|udp://|tcp+tls://]host[:port]")]
    [InlineData("- a", "must be a mapping of names to settings")]
    [InlineData("a: &x 1", "anchors (&name) are not read; write the value out")]
    [InlineData("a: *x", "aliases (*name) are not read; write the value out")]
    [InlineData("a: !!str 1", "tags (!name) are not read; leave them out")]
    [InlineData("mode: ro\nmode: rw", "mode: is given twice; keep one")]
    [InlineData("mode: ro\n---\nmode: rw", "holds more than one document; keep one")]
    [InlineData("mode: 'ro", "this is not well-formed YAML; look at quotes, colons and indentation")]
    public void A_mistake_is_named_with_its_setting_and_what_to_write_instead(string yaml, string problem)
    {
        _bench.Yaml = yaml.Replace("{0}", new string('a', 64));

        var all = _bench.Problems();

        Assert.Contains(all, text => text.StartsWith(problem, StringComparison.Ordinal) && text.EndsWith(')'));
    }

    [Theory]
    [InlineData("approvals: { people: [ { name: alice, secretHash: 'HASH' } ] }", true)]
    [InlineData("state: { postgres: 'Host=db.test' }", true)]
    [InlineData("audit: { hmacKey: 0123456789abcdef0123456789abcdef }\napprovals: { people: [ { name: alice, secretHash: 'HASH' } ] }", false)]
    [InlineData("mode: ro", false)]
    public void Where_people_decide_and_nothing_is_sealed_the_operator_is_warned(string yaml, bool isWarned)
    {
        _bench.Yaml = yaml.Replace("HASH", Sallyport.Gateway.Approvals.ApproverSecret.New().Hash, StringComparison.Ordinal);
        var loaded = _bench.Load();

        Assert.Empty(loaded.Problems);
        Assert.Equal(isWarned, loaded.Warnings.Any(warning => warning.Contains("can approve held calls", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_mistake_is_reported_at_once_with_its_line()
    {
        _bench.Yaml = string.Join('\n', Enumerable.Range(0, 30).Select(i => $"unknown{i}x: 1")) + "\nmode: rx";

        var problems = _bench.Problems();

        Assert.Equal(31, problems.Count);
        Assert.StartsWith("mode:", problems[^1]);
        Assert.EndsWith("(sallyport.yaml:31)", problems[^1]);
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_is_read()
    {
        _bench.Yaml = "a: " + new string('[', 5000) + new string(']', 5000);

        Assert.Contains("nested more than", Assert.Single(_bench.Problems()));
    }

    [Fact]
    public void A_huge_file_is_refused()
    {
        _bench.Yaml = "# " + new string('x', 1024 * 1024);

        Assert.Contains("larger than 1024 KiB", Assert.Single(_bench.Problems()));
    }

    [Theory]
    [InlineData("SALLYPORT_HTTP__LISTN", "SALLYPORT_HTTP__LISTN: is unknown; did you mean 'listen'?")]
    [InlineData("SALLYPORT_MOD", "SALLYPORT_MOD: is unknown; did you mean 'mode'?")]
    [InlineData("SALLYPORT_MODE__X", "SALLYPORT_MODE__X: names something below 'MODE', which is a single value")]
    [InlineData("SALLYPORT_CALLERS__7__NAME", "SALLYPORT_CALLERS__7__NAME: expected the number of an item, 0 to 0, where '7' stands")]
    public void An_unknown_variable_of_ours_is_a_mistake_too(string variable, string problem)
    {
        _bench.Variables[variable] = "x";

        Assert.StartsWith(problem, Assert.Single(_bench.Problems()));
    }

    [Fact]
    public void Variables_that_kubernetes_makes_for_a_service_are_no_settings()
    {
        _bench.Variables["SALLYPORT_SERVICE_HOST"] = "10.0.0.1";
        _bench.Variables["SALLYPORT_PORT_8765_TCP"] = "tcp://10.0.0.1:8765";

        Assert.Empty(_bench.Problems());
    }

    [Theory]
    [InlineData("NAME", ".env:1")]
    [InlineData("A=1\n\n# note\n1A=2", ".env:4")]
    [InlineData("A=\"open", ".env:1")]
    [InlineData("A='x' y", ".env:1")]
    [InlineData("A=1\nA=2", ".env:2")]
    public void A_line_of_dotenv_that_is_no_variable_is_a_mistake(string text, string where)
    {
        _bench.DotEnv = text;

        Assert.EndsWith($"({where})", Assert.Single(_bench.Problems()));
    }
}
