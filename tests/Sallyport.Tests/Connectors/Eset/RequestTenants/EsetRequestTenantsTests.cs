using System.Text;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.RequestTenants;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;

namespace Sallyport.Tests.Connectors.Eset.RequestTenants;

public sealed class EsetRequestTenantsTests
{
    private static readonly CloudflareToken Configured = new(new Secret("configured-id"), new Secret("configured-secret"));

    private static readonly EsetSettings Settings = new(
        ServerUrl: "https://protect.example.com:9443", CloudflareAccess: Configured, VerifyCertificate: false,
        RequestCredentials: new RequestCredentialsSettings(Servers: ["https://second.example.com:9443"]));

    [Fact]
    public void An_account_alone_is_taken_with_the_configured_region()
    {
        var settings = Accepted(("Authorization", Basic("ana:pa:ss")));

        Assert.Equal(("ana", "pa:ss", EsetDeployment.Cloud, EsetRegion.Eu), (settings.User, settings.Password!.Reveal(), settings.Deployment, settings.Region));
        Assert.Null(settings.CloudflareAccess);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer abc")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YW5h OnBhc3M=")]
    [InlineData("Basic /////w==")]
    [InlineData("Basic OnBhc3M=")]
    [InlineData("Basic YW5hOg==")]
    [InlineData("Basic YW5hcGFzcw==")]
    public void Anything_but_a_strict_basic_header_is_401_with_a_challenge(string? header)
    {
        var refused = Refused(header is null ? [] : [("Authorization", header)]);

        Assert.Equal(401, refused.Status);
        Assert.StartsWith("Basic realm=", refused.Challenge);
    }

    [Fact]
    public void The_scheme_is_read_in_any_case() => Assert.Equal("ana", Accepted(("Authorization", Basic("ana:pass").Replace("Basic", "bAsIc"))).User);

    [Theory]
    [InlineData("JPN", "Jpn")]
    [InlineData(" us ", "Us")]
    [InlineData("", "Eu")]
    public void A_region_is_read_in_any_case(string text, string region)
        => Assert.Equal(Enum.Parse<EsetRegion>(region), Accepted(("Authorization", Basic("ana:pass")), ("X-ESET-Region", text)).Region);

    [Theory, Trait("defect", "D25")]
    [InlineData("X-ESET-Region", "mars")]
    [InlineData("X-ESET-Region", "  ")]
    [InlineData("X-ESET-Region", "1")]
    [InlineData("X-ESET-Server-URL", "https://protect.example.com:9443/x")]
    [InlineData("X-ESET-Server-URL", "https://[fd00::5")]
    [InlineData("X-ESET-CF-Access-Client-Id", "half")]
    [InlineData("X-ESET-CF-Access-Client-Secret", "half")]
    public void A_header_that_makes_no_sense_is_400(string name, string value)
        => Assert.Equal(400, Refused([("Authorization", Basic("ana:pass")), (name, value)]).Status);

    [Theory, Trait("defect", "D3")]
    [InlineData("https://evil.example:9443")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://127.0.0.1:9443")]
    [InlineData("https://protect.example.com")]
    [InlineData("https://protect.example.com.evil.example:9443")]
    public void A_console_that_the_operator_did_not_list_is_refused_before_anything_is_resolved(string server)
        => Assert.Contains("not allowed", Refused([("Authorization", Basic("ana:pass")), ("X-ESET-Server-URL", server)]).Message);

    [Fact, Trait("defect", "D3")]
    public void Configured_secrets_and_leniency_are_for_the_configured_console_only()
    {
        var configured = Accepted(("Authorization", Basic("ana:pass")), ("X-ESET-Server-URL", "https://PROTECT.example.com:9443/"));
        var second = Accepted(("Authorization", Basic("ana:pass")), ("X-ESET-Server-URL", "https://second.example.com:9443"));

        Assert.Equal((Configured, false), (configured.CloudflareAccess, configured.VerifyCertificate));
        Assert.Equal((null, true), (second.CloudflareAccess, second.VerifyCertificate));
    }

    [Fact]
    public void A_callers_own_proxy_token_goes_with_its_console_and_never_to_the_cloud()
    {
        (string, string)[] headers = [("Authorization", Basic("ana:pass")), ("X-ESET-CF-Access-Client-Id", " own "), ("X-ESET-CF-Access-Client-Secret", "own-secret")];

        Assert.Null(Accepted(headers).CloudflareAccess);
        Assert.Equal("own", Accepted([.. headers, ("X-ESET-Server-URL", "https://second.example.com:9443")]).CloudflareAccess!.ClientId.Reveal());
    }

    [Fact]
    public void On_prem_by_default_needs_a_console_from_somewhere()
    {
        var onPrem = Settings with { Deployment = EsetDeployment.Onprem };

        Assert.Equal("https://protect.example.com:9443", Accepted(onPrem, ("Authorization", Basic("ana:pass"))).ServerUrl);
        Assert.Equal(400, Assert.IsType<RequestTenant.Refused>(Read(onPrem with { ServerUrl = null }, ("Authorization", Basic("ana:pass")))).Status);
    }

    [Fact]
    public void The_key_is_the_same_for_the_same_account_at_the_same_place_and_for_nothing_else()
    {
        string Key(params (string, string)[] headers) => Assert.IsType<RequestTenant.Accepted>(Read(Settings, headers)).Key;
        var key = Key(("Authorization", Basic("ana:pass")));
        (string, string) server = ("X-ESET-Server-URL", "https://second.example.com:9443");

        Assert.Equal(key, Key(("Authorization", Basic("ana:pass")), ("X-ESET-Region", "EU")));
        string[] others =
        [
            key, Key(("Authorization", Basic("ann:pass"))), Key(("Authorization", Basic("ana:pasS"))), Key(("Authorization", Basic("anap:ass"))),
            Key(("Authorization", Basic("ana:pass")), ("X-ESET-Region", "de")), Key(("Authorization", Basic("ana:pass")), server),
            Key(("Authorization", Basic("ana:pass")), server, ("X-ESET-CF-Access-Client-Id", "a"), ("X-ESET-CF-Access-Client-Secret", "b")),
            Key(("Authorization", Basic("ana:pass")), server, ("X-ESET-CF-Access-Client-Id", "a"), ("X-ESET-CF-Access-Client-Secret", "c")),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.DoesNotContain("ana", key);
    }

    [Fact, Trait("defect", "D4")]
    public async Task Two_accounts_interleaved_never_mix()
    {
        await using var range = await EsetRange.StartAsync();
        range.Controls.Accounts["second@contoso.example"] = "second-password";
        await using var pool = new ClientPool(8, TimeSpan.FromMinutes(30), range.Time);
        var connector = new EsetConnector();
        var settings = range.Settings() with { User = null, Password = null, RequestCredentials = new RequestCredentialsSettings() };
        (string User, string Password)[] accounts = [(range.Controls.User, range.Controls.Password), ("second@contoso.example", "second-password")];

        var owners = await Task.WhenAll(Enumerable.Range(0, 40).Select(async turn =>
        {
            var (user, password) = accounts[turn % 2];
            var accepted = Assert.IsType<RequestTenant.Accepted>(connector.Read(settings, name => name == "Authorization" ? Basic($"{user}:{password}") : null));
            await using var lease = await pool.LeaseAsync(accepted.Key, () => connector.Connect(accepted.Settings, range.Context()));
            var page = await range.CallAsync((EsetClient)lease.Client, "eset_devices_list", """{"pageSize":1}""");
            return (user, owner: page.GetProperty("devices")[0].GetProperty("ownerUuid").GetString());
        }));

        Assert.Equal(2, pool.Count);
        Assert.Equal(2, owners.Distinct().Count());
        Assert.Equal(2, range.Running.Journal.To("/oauth/token").Count);
    }

    [Fact]
    public async Task One_accounts_wrong_password_does_not_touch_another()
    {
        await using var range = await EsetRange.StartAsync();
        var connector = new EsetConnector();
        var settings = range.Settings() with { RequestCredentials = new RequestCredentialsSettings() };
        EsetClient Client(string pair) => (EsetClient)connector.Connect(((RequestTenant.Accepted)connector.Read(settings, name => name == "Authorization" ? Basic(pair) : null)).Settings, range.Context());
        await using var wrong = Client("mallory@contoso.example:not-the-password");
        await using var right = Client($"{range.Controls.User}:{range.Controls.Password}");

        await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(wrong, "eset_devices_list", "{}"));

        Assert.NotEmpty((await range.CallAsync(right, "eset_devices_list", "{}")).GetProperty("devices").EnumerateArray());
    }

    private static string Basic(string pair) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}";

    private static RequestTenant Read(EsetSettings settings, params (string Name, string Value)[] headers)
        => EsetRequestTenants.Read(settings, name => headers.FirstOrDefault(header => header.Name == name).Value);

    private static EsetSettings Accepted(params (string, string)[] headers) => Accepted(Settings, headers);

    private static EsetSettings Accepted(EsetSettings settings, params (string, string)[] headers)
        => (EsetSettings)Assert.IsType<RequestTenant.Accepted>(Read(settings, headers)).Settings;

    private static RequestTenant.Refused Refused((string, string)[] headers) => Assert.IsType<RequestTenant.Refused>(Read(Settings, headers));
}
