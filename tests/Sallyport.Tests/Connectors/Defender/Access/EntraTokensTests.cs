using System.Security.Cryptography.X509Certificates;
using Sallyport.Connectors.Defender;
using Sallyport.Core;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Defender.Access;

public sealed class EntraTokensTests : IDisposable
{
    private const string OneAlert = """{"limit":1}""";
    private const string Passphrase = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_registered_certificate_gets_a_token_by_a_signed_assertion_and_sends_no_secret()
    {
        await using var range = await DefenderRange.StartAsync();
        using var certificate = Some.Certificate();
        range.Tenant.Certificates.Add(X509CertificateLoader.LoadCertificate(certificate.RawData));

        await DefenderRange.CallAsync(range.Client(WithCertificate(range, certificate)), "defender_alerts_list", OneAlert);

        var asked = Assert.Single(range.TokensAsked);
        Assert.Equal($"/{range.Tenant.TenantId}/oauth2/v2.0/token", asked.Path);
        Assert.Contains("client_assertion=", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("client_secret", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(asked.Headers.Keys, name => name.StartsWith("x-client", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_certificate_that_is_not_registered_is_refused_with_the_short_code_only()
    {
        await using var range = await DefenderRange.StartAsync();
        using var other = Some.Certificate();

        var failure = await DefenderRange.FailsAsync(range.Client(WithCertificate(range, other)), "defender_alerts_list", OneAlert);

        Assert.Equal(UpstreamFailure.Auth, failure.Failure);
        Assert.Contains("invalid_client", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zugzwang", failure.Message, StringComparison.Ordinal);
        Assert.Empty(range.Asked);
    }

    [Fact]
    public async Task A_federated_identity_proves_itself_by_its_token_file()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Tenant.FederatedTokens.Add("header.claims.signature");
        var file = _folder.Write("token", "header.claims.signature"u8);

        await DefenderRange.CallAsync(range.Client(range.Settings() with { ClientSecret = null, FederatedTokenFile = file }), "defender_alerts_list", OneAlert);

        Assert.Equal(200, Assert.Single(range.TokensAsked).Status);
    }

    [Fact]
    public async Task Twenty_first_calls_at_once_ask_for_one_token()
    {
        await using var range = await DefenderRange.StartAsync();
        var client = range.Client();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DefenderRange.CallAsync(client, "defender_alerts_list", OneAlert)));

        Assert.Single(range.TokensAsked);
        Assert.Single(range.Asked.Select(entry => entry.TokenId).Distinct());
    }

    [Theory]
    [InlineData(60, 2)]
    [InlineData(61, 1)]
    public async Task A_token_serves_until_a_minute_before_its_end(int seconds, int asked)
    {
        await using var range = await DefenderRange.StartAsync();
        range.Tenant.TokenLifetime = TimeSpan.FromSeconds(seconds);
        var client = range.Client(range.Settings(), new FakeClock());

        await DefenderRange.CallAsync(client, "defender_alerts_list", OneAlert);
        await DefenderRange.CallAsync(client, "defender_alerts_list", OneAlert);

        Assert.Equal(asked, range.TokensAsked.Count);
    }

    [Fact]
    public async Task No_passphrase_token_or_assertion_is_in_a_failure_or_in_the_log()
    {
        await using var range = await DefenderRange.StartAsync();
        using var certificate = Some.Certificate();
        range.Tenant.Certificates.Add(X509CertificateLoader.LoadCertificate(certificate.RawData));
        using var log = new LogLines();
        await using var client = new DefenderClient(WithCertificate(range, certificate), new UpstreamContext("test", TimeProvider.System, log, Path.GetTempPath(), AllowLoopback: true));
        List<string> said = [];
        foreach (var fault in new[] { FaultStep.RefuseToken(), FaultStep.Status(403), FaultStep.Status(500), FaultStep.Html(), FaultStep.Reset(DropAt.AfterWork), FaultStep.Redirect("https://evil.example/") })
        {
            range.Tenant.Fault = fault;
            said.Add((await DefenderRange.FailsAsync(client, "defender_hunting_query", """{"query":"print 1"}""")).ToString());
        }

        range.Faults.Script($"/{range.Tenant.TenantId}", FaultStep.Status(400, """{"error":"invalid_client","error_description":"AADSTS700027: zugzwang"}"""), times: 10);
        range.Tenant.Fault = FaultStep.RefuseToken();
        said.Add((await DefenderRange.FailsAsync(client, "defender_hunting_query", """{"query":"print 1"}""")).ToString());

        var assertions = range.TokensAsked.Select(entry => System.Web.HttpUtility.ParseQueryString(entry.Body)["client_assertion"]!).ToList();
        var text = string.Join('\n', said.Concat(log.Lines.Select(line => line.Text)));
        Assert.NotEmpty(assertions);
        Assert.Contains("token for https://graph.microsoft.com/.default", text, StringComparison.Ordinal);
        Assert.All([.. assertions, Passphrase, "sim.", "Bearer ", "print 1"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_by_another_and_the_request_repeated_once()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script("/v1.0", FaultStep.RefuseToken());

        await DefenderRange.CallAsync(range.Client(), "defender_alerts_list", OneAlert);

        Assert.Equal(["t1", "t2"], range.Asked.Select(entry => entry.TokenId));
    }

    [Fact]
    public async Task Two_refused_tokens_are_a_failure_of_the_credentials()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script("/v1.0", FaultStep.RefuseToken(), times: 10);

        var failure = await DefenderRange.FailsAsync(range.Client(), "defender_alerts_list", OneAlert);

        Assert.Equal((UpstreamFailure.Auth, 2), (failure.Failure, range.Asked.Count));
    }

    [Fact]
    public async Task A_throttled_sign_in_is_asked_three_times_and_then_said()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script($"/{range.Tenant.TenantId}", FaultStep.Throttle(0), times: 10);

        var failure = await DefenderRange.FailsAsync(range.Client(), "defender_alerts_list", OneAlert);

        Assert.Equal((UpstreamFailure.Throttled, 3), (failure.Failure, range.TokensAsked.Count));
    }

    [Fact]
    public async Task A_sign_in_that_answers_with_a_page_is_a_failure_and_no_bug()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Script($"/{range.Tenant.TenantId}", FaultStep.Html(), times: 10);

        Assert.Equal(UpstreamFailure.InvalidResponse, (await DefenderRange.FailsAsync(range.Client(), "defender_alerts_list", OneAlert)).Failure);
    }

    [Fact]
    public async Task Each_service_of_the_older_interface_has_tokens_of_its_own_audience()
    {
        await using var range = await DefenderRange.StartAsync();
        var client = range.Client(Sallyport.Connectors.Defender.Access.ApiFlavor.Legacy);

        await DefenderRange.CallAsync(client, "defender_alerts_list", OneAlert);
        await DefenderRange.CallAsync(client, "defender_incidents_list", OneAlert);
        await DefenderRange.CallAsync(client, "defender_hunting_query", """{"query":"print 1"}""");

        Assert.Equal(2, range.TokensAsked.Count);
        Assert.Contains(range.TokensAsked, entry => entry.Body.Contains(Uri.EscapeDataString("https://api.security.microsoft.com/.default"), StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_print_no_secret()
    {
        var settings = Some.Settings() with { Certificate = new CertificateSettings("/a.pfx", new Secret("zugzwang")) };

        Assert.DoesNotContain("zugzwang", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-of-nobody", settings.ToString(), StringComparison.Ordinal);
    }

    private DefenderSettings WithCertificate(DefenderRange range, X509Certificate2 certificate)
    {
        var path = _folder.Write("a.pfx", certificate.Export(X509ContentType.Pkcs12, Passphrase));
        return range.Settings() with { ClientSecret = null, Certificate = new CertificateSettings(path, new Secret(Passphrase)) };
    }
}
