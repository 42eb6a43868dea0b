using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Eset;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Eset.Access;

/// <summary>A console with a certificate that no public authority signed, over real TLS.</summary>
public sealed class ConsoleCertificateTests : IDisposable
{
    private const string List = "eset_devices_list";

    private readonly string _file = Path.GetTempFileName();
    private readonly LogLines _log = new();

    [Fact]
    public async Task A_console_is_trusted_by_the_authority_that_the_settings_name()
    {
        await using var range = await EsetRange.StartAsync(https: true);
        File.WriteAllText(_file, range.Certificate!.ExportCertificatePem());

        var page = await range.CallAsync(range.Connect(range.Settings(EsetDeployment.Onprem) with { CaFile = _file }), List, """{"pageSize":1}""");

        Assert.Equal(1, page.GetProperty("devices").GetArrayLength());
    }

    [Fact]
    public async Task A_console_of_another_authority_is_told_nothing()
    {
        await using var range = await EsetRange.StartAsync(https: true);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = new CertificateRequest("CN=Somebody else", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        File.WriteAllText(_file, other.ExportCertificatePem());

        foreach (var file in new[] { null, _file })
        {
            var client = range.Connect(range.Settings(EsetDeployment.Onprem) with { CaFile = file });
            Assert.Equal(UpstreamFailure.Unavailable, (await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(client, List, "{}"))).Failure);
        }

        Assert.Equal(0, range.Running.Journal.Total);
    }

    [Fact]
    public async Task Verification_is_switched_off_for_one_tenant_only_and_with_a_warning()
    {
        await using var range = await EsetRange.StartAsync(https: true);
        var connector = new EsetConnector();
        var settings = range.Settings(EsetDeployment.Onprem);
        var context = range.Context() with { Loggers = _log };
        await using var lenient = (EsetClient)connector.Connect(settings with { VerifyCertificate = false }, context);
        await using var strict = (EsetClient)connector.Connect(settings, context with { Tenant = "fabrikam" });

        await range.CallAsync(lenient, List, "{}");
        await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(strict, List, "{}"));

        var warning = Assert.Single(_log.Lines, line => line.Event == "eset-certificate-unverified");
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("contoso", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "is not a file that can be read")]
    [InlineData("no certificate at all", "holds no certificate in PEM form")]
    [InlineData("-----BEGIN CERTIFICATE-----\nTm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n", "holds a certificate that cannot be understood")]
    public void An_authority_file_that_cannot_be_used_stops_the_start(string? content, string problem)
    {
        File.WriteAllText(_file, content ?? "");
        var settings = new EsetSettings(User: "a", Password: new Secret("b"), CaFile: content is null ? _file + ".missing" : _file);

        var error = Assert.Single(EsetSettings.Type.Check(settings));

        Assert.Equal(("caFile", problem), (error.Path, error.Message));
    }

    public void Dispose()
    {
        File.Delete(_file);
        _log.Dispose();
    }
}
