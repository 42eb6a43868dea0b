using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Sallyport.Simulator.Defender;
using Sallyport.Simulator.Defender.Identity;
using Sallyport.Simulator.World;

namespace Sallyport.Tests.Simulator.Defender;

public sealed class ClientAssertionTests : IDisposable
{
    private const string Audience = "https://login.microsoftonline.com/t/oauth2/v2.0/token";
    private static readonly DateTimeOffset Now = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 _certificate = Connectors.Defender.Some.Certificate();
    private readonly SimulatedTenant _tenant;

    public ClientAssertionTests()
    {
        _tenant = new DefenderControls(new Company(1, Company.FewestDevices, Now)).Default;
        _tenant.Certificates.Add(X509CertificateLoader.LoadCertificate(_certificate.RawData));
    }

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData("PS256", "x5t#S256")]
    [InlineData("RS256", "x5t")]
    public void A_signed_assertion_is_taken_in_either_form(string algorithm, string thumbprint)
        => Assert.Null(Check(Signed(_certificate, algorithm, thumbprint)));

    [Fact]
    public void An_assertion_signed_by_another_key_under_our_thumbprint_is_refused()
    {
        using var other = Connectors.Defender.Some.Certificate();

        Assert.Equal(700027, Check(Signed(other, thumbprintOf: _certificate)));
    }

    [Fact]
    public void An_assertion_changed_after_it_was_signed_is_refused()
    {
        var parts = Signed(_certificate).Split('.');
        var changed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("j1", "j2", StringComparison.Ordinal)));

        Assert.Equal(700027, Check($"{parts[0]}.{changed}.{parts[2]}"));
    }

    [Fact]
    public void An_unsigned_assertion_is_refused()
        => Assert.Equal(700027, Check(Signed(_certificate, algorithm: "none")));

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void An_assertion_of_another_time_is_refused(int minutes)
        => Assert.Equal(700024, Check(Signed(_certificate, from: Now.AddMinutes(minutes))));

    [Fact]
    public void An_assertion_for_another_authority_is_refused()
        => Assert.Equal(700023, Check(Signed(_certificate, audience: "https://evil.example/token")));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("!.!.!")]
    [InlineData("e30.e30.e30")]
    public void What_is_no_assertion_is_refused(string text) => Assert.NotNull(Check(text));

    private int? Check(string assertion) => ClientAssertion.Check(assertion, _tenant, [Audience], Now, out _);

    private string Signed(
        X509Certificate2 key, string algorithm = "PS256", string thumbprint = "x5t#S256", X509Certificate2? thumbprintOf = null, DateTimeOffset? from = null, string audience = Audience)
    {
        var start = (from ?? Now).ToUnixTimeSeconds();
        var hash = (thumbprintOf ?? key).GetCertHash(thumbprint == "x5t" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["alg"] = algorithm, ["typ"] = "JWT", [thumbprint] = Base64Url.EncodeToString(hash) });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { aud = audience, iss = _tenant.ClientId, sub = _tenant.ClientId, jti = "j1", nbf = start, exp = start + 300 });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        using var rsa = key.GetRSAPrivateKey()!;
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
