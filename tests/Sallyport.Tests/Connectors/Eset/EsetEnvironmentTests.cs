using Sallyport.Connectors.Eset;
using Sallyport.Core.Settings;

namespace Sallyport.Tests.Connectors.Eset;

public sealed class EsetEnvironmentTests
{
    [Fact]
    public void The_variables_of_the_reference_server_work_as_they_are()
    {
        var import = Import(
            ("ESET_USER", "api#1@example.com"), ("ESET_PASSWORD", "pass#word "), ("ESET_MODE", "RW # full"), ("ESET_REGION", "JPN"), ("ESET_DEPLOYMENT", "onprem"),
            ("ESET_ONPREM_SERVER_URL", "https://protect.example.com:9443"), ("ESET_ONPREM_VERIFY_SSL", "no"), ("ESET_ONPREM_CF_ACCESS_CLIENT_ID", "id"),
            ("ESET_ONPREM_CF_ACCESS_CLIENT_SECRET", "secret"), ("ESET_MCP_TRANSPORT", "http"), ("ESET_MCP_HTTP_HOST", "0.0.0.0"), ("ESET_MCP_HTTP_PORT", "9000"),
            ("ESET_MCP_RESPONSE_BYTES_MAX", "50000"), ("ESET_LOG_LEVEL", "DEBUG"), ("ESET_MCP_LOG_FORMAT", "json"), ("ESET_MCP_METRICS_ENABLED", "on"), ("OTHER", "x"));

        Assert.Empty(import.Refusals);
        var settings = import.Settings.GroupBy(setting => setting.Path).ToDictionary(group => group.Key, group => group.Last().Value);
        Assert.Equal(new Dictionary<string, string>
        {
            ["mode"] = "rw",
            ["transport"] = "http",
            ["http.listen"] = "0.0.0.0:9000",
            ["limits.responseBytes"] = "50000",
            ["observability.logLevel"] = "debug",
            ["observability.logFormat"] = "json",
            ["observability.metrics"] = "true",
            ["tenants.default.eset.user"] = "api#1@example.com",
            ["tenants.default.eset.password"] = "pass#word ",
            ["tenants.default.eset.region"] = "jpn",
            ["tenants.default.eset.deployment"] = "onprem",
            ["tenants.default.eset.serverUrl"] = "https://protect.example.com:9443",
            ["tenants.default.eset.verifyCertificate"] = "false",
            ["tenants.default.eset.cloudflareAccess.clientId"] = "id",
            ["tenants.default.eset.cloudflareAccess.clientSecret"] = "secret",
        }.OrderBy(pair => pair.Key), settings.OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData("ESET_REGION", "mars")]
    [InlineData("ESET_REGION", "")]
    [InlineData("ESET_MODE", "admin")]
    [InlineData("ESET_MODE", "")]
    [InlineData("ESET_DEPLOYMENT", "both")]
    [InlineData("ESET_ONPREM_VERIFY_SSL", "perhaps")]
    [InlineData("ESET_ONPREM_VERIFY_SSL", "")]
    [InlineData("ESET_MCP_METRICS_ENABLED", "2")]
    [InlineData("ESET_AUTH_MODE", "")]
    [InlineData("ESET_AUTH_MODE", "digest")]
    [InlineData("ESET_ONPREM_CF_ACCESS_CLIENT_ID", "half")]
    public void A_word_that_is_not_known_stops_the_start(string name, string value)
        => Assert.Contains(Import((name, value)).Refusals, refusal => refusal.Contains(name));

    [Fact]
    public void Credentials_from_each_request_need_http()
    {
        Assert.NotEmpty(Import(("ESET_AUTH_MODE", "basic")).Refusals);
        var import = Import(("ESET_AUTH_MODE", "Basic # per request"), ("ESET_MCP_TRANSPORT", "http"));

        Assert.Empty(import.Refusals);
        Assert.Contains(import.Settings, setting => setting is { Path: "tenants.default.eset.requestCredentials.isOn", Value: "true" });
    }

    [Fact]
    public void Without_variables_nothing_is_set() => Assert.Empty(Import(("PATH", "/bin")).Settings);

    [Theory]
    [InlineData("{}", "user")]
    [InlineData("""{"user":"a"}""", "password")]
    [InlineData("""{"user":"a","password":"b","deployment":"onprem"}""", "serverUrl")]
    [InlineData("""{"user":"a","password":"b","deployment":"onprem","serverUrl":"http://x.example"}""", "serverUrl")]
    [InlineData("""{"user":"a","password":"b","simulatorUrl":"https://eset.example"}""", "simulatorUrl")]
    [InlineData("""{"requestCredentials":{"servers":["https://a.example/x"]}}""", "requestCredentials.servers[0]")]
    [InlineData("""{"requestCredentials":{}}""", null)]
    [InlineData("""{"user":"a","password":"b"}""", null)]
    [InlineData("""{"user":"a","password":"b","deployment":"onprem","serverUrl":"https://x.example:9443","cloudflareAccess":{"clientId":"i","clientSecret":"s"}}""", null)]
    public void Settings_are_checked_before_the_start(string json, string? path)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(json);
        Assert.Empty(EsetSettings.Type.Schema.Validate(utf8));

        Assert.Equal(path, EsetSettings.Type.Check(EsetSettings.Type.Read(utf8)).FirstOrDefault()?.Path);
    }

    private static SettingsImport Import(params (string Name, string Value)[] variables)
    {
        var import = new SettingsImport(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
        new EsetConnector().ImportEnvironment(import);
        return import;
    }
}
