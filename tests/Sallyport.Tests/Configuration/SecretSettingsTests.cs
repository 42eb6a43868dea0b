using Sallyport.Configuration;

namespace Sallyport.Tests.Configuration;

public sealed class SecretSettingsTests : IDisposable
{
    private const string Canary = "canary-5f1c9a77e2";
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_secret_can_be_a_variable()
    {
        _bench.Yaml = Portal("\"${env:PORTAL_KEY}\"");
        _bench.Variables["PORTAL_KEY"] = Canary;

        Assert.Equal(Canary, Secret());
    }

    [Fact]
    public void A_secret_can_be_a_variable_whose_name_looks_like_a_setting()
    {
        _bench.Yaml = Portal("\"${env:SALLYPORT_PORTAL_KEY}\"");
        _bench.Variables["SALLYPORT_PORTAL_KEY"] = Canary;

        Assert.Equal(Canary, Secret());
    }

    [Fact]
    public void A_secret_can_be_a_file_whose_last_line_end_does_not_count()
    {
        _bench.Yaml = Portal($"\"${{file:{_bench.Write("key", Canary + "\n")}}}\"");

        Assert.Equal(Canary, Secret());
    }

    [Fact]
    public void A_literal_secret_works_and_is_warned_about()
    {
        _bench.Yaml = Portal(Canary);

        Assert.Equal(Canary, Secret());
        Assert.Contains("tenants.contoso.portal.clientSecret: the secret itself is in the file", Assert.Single(_bench.Load().Warnings));
    }

    [Fact]
    public void A_number_is_taken_as_text_where_text_is_asked_for()
    {
        _bench.Yaml = Portal("0123456789");

        Assert.Equal("0123456789", Secret());
    }

    [Fact]
    public void Text_that_only_looks_like_a_reference_can_be_written()
    {
        _bench.Yaml = Portal("'a$${env:X}b'");

        Assert.Equal("a${env:X}b", Secret());
    }

    [Fact]
    public void What_a_reference_brings_is_not_read_for_references_again()
    {
        _bench.Yaml = Portal("\"${env:PORTAL_KEY}\"");
        _bench.Variables["PORTAL_KEY"] = "${env:HOME}-canary";

        Assert.Equal("${env:HOME}-canary", Secret());
    }

    [Theory]
    [InlineData("${env:NOT_SET}", "refers to the variable NOT_SET, which is not set")]
    [InlineData("${file:/nowhere/key}", "refers to a file that cannot be used: there is no file /nowhere/key")]
    [InlineData("${vault:x}", "only ${env:NAME} and ${file:/path} are known")]
    [InlineData("${env:", "only ${env:NAME} and ${file:/path} are known")]
    public void A_reference_that_leads_nowhere_is_named(string reference, string problem)
    {
        _bench.Yaml = Portal($"'{reference}'");

        Assert.StartsWith("tenants.contoso.portal.clientSecret: " + problem, Assert.Single(_bench.Problems()));
    }

    [Fact]
    public void A_settings_file_with_a_secret_in_it_must_be_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "POSIX modes");
        var path = _bench.Write("sallyport.yaml", Portal(Canary), Open);

        Assert.Equal($"{path} holds secrets and others may read or change it; run: chmod 600 {path}", Assert.Single(_bench.Problems()));
    }

    [Fact]
    public void A_settings_file_with_references_only_may_be_readable()
    {
        _bench.Write("sallyport.yaml", Portal("\"${env:PORTAL_KEY}\""), Open);
        _bench.Variables["PORTAL_KEY"] = Canary;

        Assert.Equal(Canary, Secret());
    }

    [Fact]
    public void A_file_that_a_secret_is_read_from_must_be_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "POSIX modes");
        _bench.Yaml = Portal($"\"${{file:{_bench.Write("key", Canary, Open)}}}\"");

        Assert.Contains("chmod 600", Assert.Single(_bench.Problems()));
    }

    [Theory]
    [InlineData("PORTAL_SECRET=" + Canary + "\nPORTAL_URL=https://portal.test", "")]
    [InlineData("KEY=" + Canary, "'${env:KEY}'")]
    public void A_dotenv_with_a_secret_in_it_must_be_its_owners_alone(string dotEnv, string secret)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "POSIX modes");
        _bench.Write(".env", dotEnv, Open);
        if (secret.Length > 0)
            _bench.Yaml = Portal(secret);

        Assert.Contains("/.env holds secrets", Assert.Single(_bench.Problems()));
        _bench.Write(".env", dotEnv);
        Assert.Empty(_bench.Problems());
    }

    [Fact]
    public void No_secret_is_shown_with_the_settings()
    {
        _bench.Yaml = Portal("\"${env:PORTAL_KEY}\"") + "\n      sites: ['https://u:" + Canary + "@x.test']";
        _bench.Variables["PORTAL_KEY"] = Canary;
        _bench.Variables["MCP_ROLE_CI"] = Canary + "2:writer";

        var shown = _bench.Load().View!.Settings;

        Assert.DoesNotContain(shown, setting => setting.ToString().Contains("canary", StringComparison.Ordinal));
        var secret = Assert.Single(shown, setting => setting.Path == "tenants.contoso.portal.clientSecret");
        Assert.Equal("\"***\"", secret.Value);
        Assert.Equal("sallyport.yaml:5, ${env:PORTAL_KEY}", secret.From.ToString());
        Assert.Equal("environment: MCP_ROLE_CI", Assert.Single(shown, setting => setting.Path == "callers[0].token").From.ToString());
        Assert.Equal("default", Assert.Single(shown, setting => setting.Path == "http.listen").From.ToString());
    }

    [Theory]
    [InlineData("callers: [ { name: a, tokenn: CANARY } ]")]
    [InlineData("callers: [ { name: a, token: [CANARY] } ]")]
    [InlineData("callers: [ { name: a, tokenSha256: CANARY } ]")]
    [InlineData("mode: CANARY")]
    [InlineData("http: { maxConnections: CANARY, listen: CANARY }")]
    [InlineData("approvals: CANARY")]
    [InlineData("token: \"CANARY")]
    [InlineData("a: b: CANARY: c")]
    [InlineData("? [CANARY]\n: CANARY")]
    [InlineData("callers: [ { name: a, token: 'CANARY${env:MISSING}' } ]")]
    public void No_value_is_repeated_in_an_error(string yaml)
    {
        _bench.Yaml = yaml.Replace("CANARY", Canary);
        _bench.Variables["SALLYPORT_HTTP__LISTEN"] = Canary;
        _bench.Variables["SALLYPORT_HTTP__NOTHING"] = Canary;
        _bench.Variables["MCP_ROLE_CI"] = Canary;
        _bench.Variables["MCP_HEALTH_TIMEOUT"] = Canary;

        var loaded = _bench.Load();

        Assert.NotEmpty(loaded.Problems);
        Assert.DoesNotContain(loaded.Problems, problem => problem.ToString().Contains(Canary, StringComparison.Ordinal));
        Assert.DoesNotContain(loaded.Warnings, warning => warning.Contains(Canary, StringComparison.Ordinal));
    }

    private static string Portal(string secret) => $"""
        tenants:
          contoso:
            portal:
              baseUrl: https://portal.test
              clientSecret: {secret}
        """;

    private string Secret()
    {
        SallyportSettings settings = _bench.Settings();
        return ((PortalSettings)settings.Tenants["contoso"].Connectors["portal"]).ClientSecret!.Reveal();
    }
}
