using Sallyport.Configuration;
using Sallyport.Configuration.Sections;

namespace Sallyport.Tests.Configuration;

public sealed class SettingsSourceTests : IDisposable
{
    private const string Tenant = "tenants: { contoso: { portal: { baseUrl: 'https://portal.test' } } }";

    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Without_anything_written_the_defaults_are_safe()
    {
        var settings = _bench.Settings();

        Assert.Equal(AccessMode.ReadOnly, settings.Mode);
        Assert.Equal("127.0.0.1:8765", settings.Http.Listen);
        Assert.True(settings.Http.RequireAuth);
        Assert.Equal(ApprovalNeed.Destructive, settings.Approvals.Require);
        Assert.Empty(settings.Tenants);
    }

    [Theory]
    [InlineData("file", "lean")]
    [InlineData("file .env", "full")]
    [InlineData("file .env environment", "lean")]
    [InlineData("file .env environment command", "full")]
    public void What_is_nearer_to_the_operator_wins(string places, string expected)
    {
        _bench.Yaml = "catalog: lean";
        if (places.Contains(".env"))
            _bench.DotEnv = "SALLYPORT_CATALOG=full";
        if (places.Contains("environment"))
            _bench.Variables["SALLYPORT_CATALOG"] = "lean";
        if (places.Contains("command"))
            _bench.Options.Add(new CommandLineSetting("catalog", "full", "--catalog"));

        Assert.Equal(expected, _bench.Settings().Catalog.ToString().ToLowerInvariant());
    }

    [Fact]
    public void The_file_is_the_one_named_then_the_variable_then_here_then_home()
    {
        _bench.Write("home/.config/sallyport/sallyport.yaml", "http: { maxConnections: 4 }");
        Assert.Equal(4, _bench.Settings().Http.MaxConnections);
        _bench.Yaml = "http: { maxConnections: 3 }";
        Assert.Equal(3, _bench.Settings().Http.MaxConnections);
        _bench.Variables["SALLYPORT_CONFIG"] = _bench.Write("two.yaml", "http: { maxConnections: 2 }");
        Assert.Equal(2, _bench.Settings().Http.MaxConnections);
        _bench.Named = _bench.Write("one.yaml", "http: { maxConnections: 1 }");
        Assert.Equal(1, _bench.Settings().Http.MaxConnections);
    }

    [Fact]
    public void A_named_file_that_is_not_there_is_an_error()
    {
        _bench.Named = "missing.yaml";

        Assert.Contains("there is no file", Assert.Single(_bench.Problems()));
    }

    [Theory]
    [InlineData("SALLYPORT_TENANTS__CONTOSO__PORTAL__BASEURL", "https://other.test")]
    [InlineData("SALLYPORT_TENANTS__CONTOSO__PORTAL__BASE_URL", "https://other.test")]
    [InlineData("SALLYPORT_tenants__Contoso__Portal__baseUrl", "https://other.test")]
    public void Any_setting_can_be_a_variable_however_it_is_written(string variable, string value)
    {
        _bench.Yaml = Tenant;
        _bench.Variables[variable] = value;

        Assert.Equal(value, ((PortalSettings)_bench.Settings().Tenants["contoso"].Connectors["portal"]).BaseUrl);
    }

    [Fact]
    public void Variables_take_the_type_that_the_setting_has()
    {
        _bench.Yaml = Tenant;
        _bench.Variables["SALLYPORT_TENANTS__CONTOSO__PORTAL__VERIFY"] = "no";
        _bench.Variables["SALLYPORT_TENANTS__CONTOSO__PORTAL__TIMEOUT"] = "7";
        _bench.Variables["SALLYPORT_TENANTS__CONTOSO__PORTAL__SITES"] = "a, b";
        _bench.Variables["SALLYPORT_HTTP__ALLOWEDHOSTS"] = "[\"x.test\"]";
        _bench.Variables["SALLYPORT_CALLERS__0__NAME"] = "soc";
        _bench.Variables["SALLYPORT_CALLERS__0__TOKEN"] = "0123456789abcdef";

        var settings = _bench.Settings();
        var portal = (PortalSettings)settings.Tenants["contoso"].Connectors["portal"];
        Assert.False(portal.Verify);
        Assert.Equal(7, portal.Timeout);
        Assert.Equal(["a", "b"], portal.Sites!);
        Assert.Equal(["x.test"], settings.Http.AllowedHosts!);
        Assert.Equal("0123456789abcdef", Assert.Single(settings.Callers).Token!.Reveal());
    }

    [Fact]
    public void A_setting_left_empty_is_a_setting_left_out()
    {
        _bench.Yaml = """
            http: { listen: 127.0.0.1:8765, tls: { certificate: , key: } }
            oauth: { issuer: , audience: , introspection: { endpoint: , clientId: , clientSecret: } }
            defaultTenant:
            tenants:
              contoso: { portal: { baseUrl: , clientSecret: } }
            """;

        var settings = _bench.Settings();
        Assert.Null(settings.Oauth);
        Assert.Null(settings.Http.Tls);
        Assert.Empty(settings.Tenants);
    }

    [Fact]
    public void A_platform_that_needs_no_settings_is_there_when_no_tenant_is_configured()
    {
        using var bench = new SettingsBench { Connectors = [new Portal(), new Ready()] };

        Assert.Equal("ready", Assert.Single(bench.Settings().Tenants["default"].Connectors).Key);
    }

    [Fact]
    public void Every_reading_starts_afresh()
    {
        var source = _bench.Source();
        _bench.Yaml = "mode: rw";
        Assert.Equal(AccessMode.ReadWrite, source.Load().Settings!.Mode);
        _bench.Yaml = "mode: rx";
        Assert.Null(source.Load().Settings);
        _bench.Yaml = "mode: ro";
        Assert.Equal(AccessMode.ReadOnly, source.Load().Settings!.Mode);
    }

    private sealed class Ready : Sallyport.Core.IConnector
    {
        public string Id => "ready";

        public string Title => "Ready";

        public IReadOnlyList<Sallyport.Core.Tools.Tool> Tools => [];

        public Sallyport.Core.Settings.SettingsType Settings { get; } = Sallyport.Core.Settings.SettingsType.Of(static () => SettingsJson.Default.UntrustedSettings, unset: new UntrustedSettings());

        public IAsyncDisposable Connect(object settings, Sallyport.Core.UpstreamContext context) => throw new NotSupportedException();

        public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
