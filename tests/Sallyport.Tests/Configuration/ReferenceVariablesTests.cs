using Sallyport.Configuration.Sections;

namespace Sallyport.Tests.Configuration;

public sealed class ReferenceVariablesTests : IDisposable
{
    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_platforms_own_variables_fill_the_tenant_default()
    {
        _bench.Variables["PORTAL_URL"] = "https://portal.test";
        _bench.Variables["PORTAL_SECRET"] = "${not a reference}";

        var portal = (PortalSettings)_bench.Settings().Tenants["default"].Connectors["portal"];

        Assert.Equal("https://portal.test", portal.BaseUrl);
        Assert.Equal("${not a reference}", portal.ClientSecret!.Reveal());
    }

    [Fact]
    public void They_are_not_used_when_the_file_describes_tenants()
    {
        _bench.Yaml = "tenants: { contoso: { portal: { baseUrl: 'https://portal.test' } } }";
        _bench.Variables["PORTAL_SECRET"] = "stray";

        Assert.Equal("contoso", Assert.Single(_bench.Settings().Tenants).Key);
        Assert.Contains(_bench.Load().Warnings, warning => warning.EndsWith("are not used: PORTAL_SECRET.", StringComparison.Ordinal));
    }

    [Fact]
    public void Our_own_name_for_a_setting_wins_over_a_reference_servers()
    {
        _bench.Variables["PORTAL_URL"] = "https://portal.test";
        _bench.Variables["SALLYPORT_TENANTS__DEFAULT__PORTAL__BASEURL"] = "https://ours.test";

        Assert.Equal("https://ours.test", ((PortalSettings)_bench.Settings().Tenants["default"].Connectors["portal"]).BaseUrl);
    }

    [Fact]
    public void Roles_and_legacy_tokens_become_callers_beside_those_in_the_file()
    {
        _bench.Yaml = "callers: [ { name: soc, tokenSha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } ]";
        _bench.Variables["MCP_ROLE_CI"] = "to:ken:${env:HOME}: Writer ";
        _bench.Variables["MCP_AUTH_TOKEN"] = "admin-token-0123456";
        _bench.Variables["MCP_READ_TOKEN"] = "reader-token-012345";

        var callers = _bench.Settings().Callers;

        Assert.Equal(["soc", "CI", "admin-legacy", "reader-legacy"], callers.Select(caller => caller.Name));
        Assert.Equal(["reader", "writer", "admin", "reader"], callers.Select(caller => caller.Role));
        Assert.Equal("to:ken:${env:HOME}", callers[1].Token!.Reveal());
        Assert.Equal(["*"], callers[1].Tenants!);
    }

    [Fact]
    public void The_log_file_and_the_metrics_port_are_where_their_variables_say()
    {
        _bench.Variables["MCP_LOGGING_FILE_PATH"] = "/var/log/gate.log";
        _bench.Variables["MCP_LOGGING_MAX_FILE_SIZE"] = "1";
        _bench.Variables["MCP_LOGGING_BACKUP_COUNT"] = "7";
        _bench.Variables["MCP_METRICS_PROMETHEUS_PORT"] = "9090";

        var watched = _bench.Settings().Observability;

        Assert.Equal(("/var/log/gate.log", 1024, 7, "127.0.0.1:9090"), (watched.LogFile, watched.LogFileBytes, watched.LogFileBackups, watched.MetricsListen));
        Assert.Contains(_bench.Load().Warnings, warning => warning.StartsWith("MCP_LOGGING_MAX_FILE_SIZE is outside", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MCP_ROLE_CI", "token")]
    [InlineData("MCP_ROLE_CI", ":reader")]
    [InlineData("MCP_ROLE_CI", "token:root")]
    [InlineData("MCP_ROLE_", "token:reader")]
    [InlineData("MCP_ROLE_A-B", "token:reader")]
    [InlineData("FASTMCP_TRANSPORT", "carrier-pigeon")]
    [InlineData("FASTMCP_PORT", "http")]
    [InlineData("REQUIRE_AUTH", "maybe")]
    [InlineData("MUTATION_RATE_LIMIT", "0")]
    [InlineData("MUTATION_RATE_WINDOW", "minute")]
    [InlineData("MCP_HEALTH_TIMEOUT", "long")]
    [InlineData("AUDIT_LOG_HTTPS_URL", "http://siem.test")]
    [InlineData("UNTRUSTED_CONTENT_WRAPPING", "sometimes")]
    public void A_variable_that_makes_no_sense_stops_the_start_and_is_named(string variable, string value)
    {
        _bench.Variables[variable] = value;

        Assert.Contains(_bench.Problems(), problem => problem.Contains(variable, StringComparison.Ordinal));
    }

    [Fact]
    public void One_token_cannot_be_bound_twice()
    {
        _bench.Variables["MCP_ROLE_A"] = "the-same-token-01:reader";
        _bench.Variables["MCP_AUTH_TOKEN"] = "the-same-token-01";

        Assert.Contains("callers[1]", Assert.Single(_bench.Problems()));
    }

    [Theory]
    [InlineData("streamable-http", false)]
    [InlineData("sse", true)]
    public void A_network_transport_serves_http_where_the_variables_say(string transport, bool sse)
    {
        _bench.Variables["FASTMCP_TRANSPORT"] = transport;
        _bench.Variables["FASTMCP_PORT"] = "9000";
        _bench.Variables["MCP_ROLE_CI"] = "0123456789abcdef:reader";
        _bench.Variables["AUDIT_HMAC_KEY"] = "a key that is long enough for others to rely on";

        var settings = _bench.Settings();

        Assert.Equal(Sallyport.Configuration.TransportKind.Http, settings.Transport);
        Assert.Equal("127.0.0.1:9000", settings.Http.Listen);
        Assert.Equal(sse, settings.Http.LegacySse);
        Assert.Equal(sse, _bench.Load().Warnings.Any(warning => warning.Contains("has given up", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_network_transport_without_callers_and_key_is_refused_by_the_names_its_users_know()
    {
        _bench.Variables["FASTMCP_TRANSPORT"] = "http";

        var problems = string.Join('\n', _bench.Problems());

        Assert.All(["MCP_ROLE_<NAME>", "REQUIRE_AUTH", "AUDIT_HMAC_KEY", "REQUIRE_AUDIT_HMAC_KEY", "FASTMCP_TRANSPORT"], name => Assert.Contains(name, problems));
    }

    [Fact]
    public void Binding_everywhere_without_authentication_is_refused()
    {
        _bench.Variables["FASTMCP_TRANSPORT"] = "http";
        _bench.Variables["FASTMCP_HOST"] = "0.0.0.0";
        _bench.Variables["REQUIRE_AUTH"] = "false";
        _bench.Variables["REQUIRE_AUDIT_HMAC_KEY"] = "false";

        Assert.Contains(_bench.Problems(), problem => problem.StartsWith("http.requireAuth: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Limits_logs_and_health_are_taken_over_and_brought_into_range()
    {
        _bench.Variables["MUTATION_RATE_LIMIT"] = "5";
        _bench.Variables["MUTATION_RATE_WINDOW"] = "10";
        _bench.Variables["LOG_LEVEL"] = "warning";
        _bench.Variables["UNTRUSTED_CONTENT_WRAPPING"] = "off";
        _bench.Variables["MCP_HEALTH_CHECK_INTERVAL"] = "1";
        _bench.Variables["MCP_SERVER_SHUTDOWN_GRACE_PERIOD"] = "2.5";

        var settings = _bench.Settings();

        Assert.Equal(("5/10s", "10/10s"), (settings.Limits.Mutations, settings.Limits.OpenAccessMutations));
        Assert.Equal(LogThreshold.Warning, settings.Observability.LogLevel);
        Assert.Equal(Wrapping.Off, settings.Untrusted.Wrapping);
        Assert.Equal("5s", settings.Health.CheckInterval);
        Assert.Equal("2500ms", settings.Http.ShutdownGrace);
        Assert.Contains(_bench.Load().Warnings, warning => warning.StartsWith("untrusted.wrapping is off", StringComparison.Ordinal));
        Assert.Contains(_bench.Load().Warnings, warning => warning.StartsWith("MCP_HEALTH_CHECK_INTERVAL is outside 5 to 300", StringComparison.Ordinal));
    }
}
