using Sallyport.Configuration;
using Sallyport.Connectors.Vectra;
using Sallyport.Core;
using Sallyport.Tests.Configuration;

namespace Sallyport.Tests.Connectors.Vectra;

public sealed class VectraSettingsTests : IDisposable
{
    private const string Portal = "https://123456789012.cc1.portal.vectra.ai";

    private readonly SettingsBench _bench = new() { Connectors = [new VectraConnector()] };

    public VectraSettingsTests()
    {
        _bench.Variables["VECTRA_BASE_URL"] = Portal;
        _bench.Variables["VECTRA_CLIENT_ID"] = "client";
        _bench.Variables["VECTRA_CLIENT_SECRET"] = " s3cret ";
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_reference_servers_variables_work_as_they_are()
    {
        _bench.Variables["VECTRA_API_VERSION"] = "v3.3";
        _bench.Variables["VECTRA_REQUEST_TIMEOUT"] = "45";
        _bench.Variables["VECTRA_RATE_LIMIT_REQUESTS"] = "50";
        _bench.Variables["VECTRA_RATE_LIMIT_PERIOD"] = "30";
        _bench.Variables["VECTRA_CACHE_TTL"] = "0";
        _bench.Variables["VECTRA_MAX_ITEMS"] = "500";
        _bench.Variables["VECTRA_PCAP_MAX_BYTES"] = "4096";
        _bench.Variables["VECTRA_OAUTH_TOKEN_URL"] = Portal + "/oauth2/token";

        var vectra = Vectra();

        Assert.Equal((Portal, "client", " s3cret ", "v3.3"), (vectra.BaseUrl, vectra.ClientId, vectra.ClientSecret!.Reveal(), vectra.ApiVersion));
        Assert.Equal((45, 50, 30, 0, 500, 4096), (vectra.RequestTimeout, vectra.RateLimitRequests, vectra.RateLimitPeriod, vectra.UserCacheSeconds, vectra.MaxItems, vectra.PcapMaxBytes));
    }

    [Fact]
    public void Transport_host_port_and_debugging_are_taken_over()
    {
        _bench.Variables["VECTRA_MCP_TRANSPORT"] = "streamable-http";
        _bench.Variables["VECTRA_MCP_PORT"] = "9001";
        _bench.Variables["VECTRA_MCP_DEBUG"] = "true";
        _bench.Variables["VECTRA_READ_ONLY"] = "true";
        _bench.Variables["MCP_AUTH_TOKEN"] = "admin-token-0123456";

        var settings = _bench.Settings();

        Assert.Equal(("127.0.0.1:9001", TransportKind.Http), (settings.Http.Listen, settings.Transport));
        Assert.Equal(AccessMode.ReadOnly, settings.Tenants["default"].Mode);
    }

    [Theory]
    [InlineData("VECTRA_MCP_PORT", "eight")]
    [InlineData("VECTRA_MCP_TRANSPORT", "carrier-pigeon")]
    [InlineData("VECTRA_API_VERSION", "v3.5")]
    [InlineData("VECTRA_REQUEST_TIMEOUT", "0")]
    [InlineData("VECTRA_RATE_LIMIT_REQUESTS", "many")]
    [InlineData("VECTRA_MAX_ITEMS", "0")]
    [InlineData("VECTRA_CLIENT_SECRET_FILE", "/no/such/file")]
    public void A_variable_that_makes_no_sense_stops_the_start_and_is_named(string variable, string value)
    {
        _bench.Variables[variable] = value;

        Assert.Contains(variable, Assert.Single(_bench.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://123456789012.cc1.portal.vectra.ai")]
    [InlineData("https://portal.vectra.ai.evil.test")]
    [InlineData("https://xportal.vectra.ai")]
    [InlineData("https://tenant.portal.vectra.ai@evil.test")]
    [InlineData("https://user@tenant.portal.vectra.ai")]
    [InlineData("https://tenant.portal.vectra.ai/path")]
    [InlineData("https://tenant.portal.vectra.ai/?q=1")]
    [InlineData("https://tenant.portal.vectra.ai/#x")]
    [InlineData("https://tenant.portal.vеctra.ai")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://10.0.0.1")]
    [InlineData("ftp://tenant.portal.vectra.ai")]
    [InlineData("http://127.0.0.1:8080")]
    public void An_address_that_is_not_a_portal_of_the_cloud_platform_stops_the_start(string address)
    {
        _bench.Variables["VECTRA_BASE_URL"] = address;

        Assert.NotEmpty(_bench.Problems());
    }

    [Theory]
    [InlineData("123456789012.cc1.portal.vectra.ai")]
    [InlineData("https://123456789012.cc1.portal.vectra.ai/")]
    [InlineData("  https://123456789012.cc1.portal.vectra.ai  ")]
    public void An_address_may_lack_its_scheme_or_end_with_a_slash(string address)
    {
        _bench.Variables["VECTRA_BASE_URL"] = address;

        Assert.Empty(_bench.Problems());
    }

    [Fact]
    public void Another_host_can_be_allowed_by_name()
    {
        _bench.Variables["VECTRA_BASE_URL"] = "https://vectra.contoso.example";
        Assert.Contains("VECTRA_ALLOWED_HOSTS", Assert.Single(_bench.Problems()), StringComparison.Ordinal);

        _bench.Variables["VECTRA_ALLOWED_HOSTS"] = "other.example, vectra.contoso.example";

        Assert.Empty(_bench.Problems());
    }

    [Theory]
    [InlineData("https://evil.test/oauth2/token")]
    [InlineData("https://sub.123456789012.cc1.portal.vectra.ai/oauth2/token")]
    [InlineData("https://123456789012.cc1.portal.vectra.ai.evil.test/oauth2/token")]
    [InlineData("https://123456789012.cc1.portal.vectra.ai@evil.test/oauth2/token")]
    [InlineData("https://123456789012.cc1.portal.vectra.ai:8443/oauth2/token")]
    [InlineData("http://123456789012.cc1.portal.vectra.ai/oauth2/token")]
    [InlineData("HTTPS://123456789012.cc1.portal.vectra.ai/oauth2/token")]
    [InlineData("https://123456789012.cc1.portal.vеctra.ai/oauth2/token")]
    [InlineData("https://localhost/oauth2/token")]
    [InlineData("https://127.0.0.1/oauth2/token")]
    [InlineData("https://[::1]/oauth2/token")]
    [InlineData("https://169.254.169.254/oauth2/token")]
    [InlineData("https://192.168.1.1/oauth2/token")]
    [InlineData("https://123456789012.cc1.portal.vectra.ai/oauth2/token?x=1")]
    [InlineData("https://123456789012.cc1.portal.vectra.ai/oauth2/token#x")]
    [InlineData("https://123456789012.cc1.portal.vectra.ai/other")]
    [InlineData("/oauth2/token")]
    public void A_token_address_anywhere_but_on_the_portals_own_origin_stops_the_start(string address)
    {
        _bench.Variables["VECTRA_OAUTH_TOKEN_URL"] = address;

        Assert.Contains("VECTRA_OAUTH_TOKEN_URL", Assert.Single(_bench.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_can_be_in_a_file_that_only_its_owner_can_read()
    {
        _bench.Variables.Remove("VECTRA_CLIENT_SECRET");
        _bench.Variables["VECTRA_CLIENT_SECRET_FILE"] = _bench.Write("secret", "from-file\n");
        Assert.Equal("from-file", Vectra().ClientSecret!.Reveal());

        _bench.Write("secret", "from-file\n", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("0600", Assert.Single(_bench.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_api_key_is_for_appliances_only()
    {
        _bench.Variables["SALLYPORT_TENANTS__DEFAULT__VECTRA__APIKEY"] = "personal-token";
        Assert.Contains("v2.5", Assert.Single(_bench.Problems()), StringComparison.Ordinal);

        _bench.Variables["VECTRA_API_VERSION"] = "v2.5";
        _bench.Variables["VECTRA_BASE_URL"] = "https://brain.contoso.example";

        Assert.Empty(_bench.Problems());
    }

    [Fact]
    public async Task A_portal_on_this_machine_is_not_dialled_unless_a_developer_says_so()
    {
        await using var rig = await VectraRig.StartAsync();
        var settings = new VectraSettings(rig.Platform.BaseUrl.ToString(), "client", new Secret("a-secret"));
        var context = new UpstreamContext("contoso", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, "/tmp");

        Assert.Throws<UpstreamException>(() => new VectraConnector().Connect(settings, context));
        Assert.Equal(0, rig.Platform.Journal.Connections);
    }

    private VectraSettings Vectra() => (VectraSettings)_bench.Settings().Tenants["default"].Connectors["vectra"];
}
