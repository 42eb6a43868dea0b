using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Connectors.Network.Tls;
using Sallyport.Core;
using Sallyport.Core.Processes;

namespace Sallyport.Tests.Connectors.Network.Tls;

public sealed class TlsInspectorTests
{
    private static readonly DateTimeOffset Now = new FakeClock().GetUtcNow();

    [Fact]
    public async Task A_self_signed_certificate_is_shown_with_why_it_is_not_trusted()
    {
        await using var server = new TlsServer(Certificate("CN=web1.lab.internal", days: 30, names: ["web1.lab.internal", "intranet.lab.internal"]));

        var result = await InspectAsync(server, "web1.lab.internal");

        Assert.Equal(["untrusted_root"], result.Problems);
        var own = Assert.Single(result.Chain);
        Assert.Equal(("CN=web1.lab.internal", 30, "RSA", 2048, true), (own.Subject, own.DaysLeft, own.KeyAlgorithm, own.KeyBits, own.SelfSigned));
        Assert.Equal(["web1.lab.internal", "intranet.lab.internal", "127.0.0.1"], own.Names);
        Assert.Equal(64, own.Sha256.Length);
        Assert.Equal(("Tls13", "web1.lab.internal"), (result.Protocol, result.ServerName));
        Assert.Equal([new TlsVersion("Tls12", true), new TlsVersion("Tls13", true)], result.Accepted);
    }

    [Fact]
    public async Task An_expired_certificate_for_another_name_has_both_problems()
    {
        await using var server = new TlsServer(Certificate("CN=old", days: -10, names: ["old.lab.internal"]));

        var result = await InspectAsync(server, "web1.lab.internal");

        Assert.Equal(["expired", "name_mismatch", "untrusted_root"], result.Problems);
        Assert.InRange(result.Chain[0].DaysLeft, -11, -10);
    }

    [Fact]
    public void A_short_key_and_a_chain_that_is_wrong_are_problems()
    {
        using var certificate = Certificate("CN=x", days: 30, names: ["x.lab.internal"], keyBits: 1024);

        Assert.Equal(
            ["incomplete_chain", "bad_signature", "weak_key"],
            CertificateReader.Problems(
                certificate, X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid, nameMatches: true, Now));
    }

    [Fact]
    public async Task Without_a_name_the_certificate_is_compared_with_the_address()
    {
        await using var server = new TlsServer(Certificate("CN=x", days: 30, names: ["x.lab.internal"]));

        Assert.DoesNotContain("name_mismatch", (await InspectAsync(server, null)).Problems);
    }

    [Fact]
    public async Task A_version_that_the_server_refuses_is_listed_as_refused()
    {
        await using var server = new TlsServer(Certificate("CN=x", days: 30, names: ["x.lab.internal"]), SslProtocols.Tls12);

        var result = await InspectAsync(server, "x.lab.internal");

        Assert.Equal([new TlsVersion("Tls12", true), new TlsVersion("Tls13", false)], result.Accepted);
        Assert.Equal("Tls12", result.Protocol);
    }

    [Fact]
    public async Task A_server_that_speaks_something_else_is_said_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            for (var i = 0; i < 2; i++)
            {
                using var connection = await listener.AcceptTcpClientAsync();
                await connection.GetStream().WriteAsync("220 mail1.lab.internal ESMTP\r\n"u8.ToArray());
            }
        });

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => InspectAsync(((IPEndPoint)listener.LocalEndpoint).Port, null));

        Assert.Equal(UpstreamFailure.InvalidResponse, thrown.Failure);
        await answering;
    }

    [Fact]
    public async Task A_closed_port_takes_no_connection()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Dispose();

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => InspectAsync(port, null));

        Assert.Equal($"127.0.0.1:{port} takes no connection: ConnectionRefused.", thrown.Message);
    }

    [Theory]
    [InlineData("8.8.8.8", null)]
    [InlineData("example.org", null)]
    [InlineData("127.0.0.1", "a b")]
    public async Task What_is_no_target_is_never_dialled(string target, string? name)
    {
        await using var client = FakeNmap.Client(ProgramFinder.System);

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.InspectAsync(new InspectTls(target, 443, name), default));
    }

    private static Task<TlsResult> InspectAsync(TlsServer server, string? name) => InspectAsync(server.Port, name);

    private static async Task<TlsResult> InspectAsync(int port, string? name)
    {
        await using var client = FakeNmap.Client(ProgramFinder.System);
        return await client.InspectAsync(new InspectTls("127.0.0.1", port, name), default);
    }

    private static X509Certificate2 Certificate(string subject, int days, string[] names, int keyBits = 2048)
    {
        using var key = RSA.Create(keyBits);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names) alternatives.AddDnsName(name);
        alternatives.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.CreateSelfSigned(Now.AddDays(Math.Min(-1, days - 1)), Now.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Shakes hands with everyone who comes, and hangs up.</summary>
    private sealed class TlsServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly X509Certificate2 _certificate;
        private readonly Task _serving;

        public TlsServer(X509Certificate2 certificate, SslProtocols protocols = SslProtocols.Tls12 | SslProtocols.Tls13)
        {
            _certificate = certificate;
            _listener.Start();
            _serving = ServeAsync(protocols);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Dispose();
            _certificate.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync(SslProtocols protocols)
        {
            try
            {
                while (true)
                {
                    using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                    await ShakeAsync(connection, protocols);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private async Task ShakeAsync(TcpClient connection, SslProtocols protocols)
        {
            await using var tls = new SslStream(connection.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = protocols }, _stop.Token);
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                // The version does not fit: that is what the client came to find out.
            }
        }
    }
}
