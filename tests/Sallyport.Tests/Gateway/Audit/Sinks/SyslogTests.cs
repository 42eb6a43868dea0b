using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Forwarding;
using Sallyport.Gateway.Audit.Sinks;

namespace Sallyport.Tests.Gateway.Audit.Sinks;

public sealed class SyslogTests
{
    private static readonly AuditLine Example = Line("""{"seq":2}""");

    [Theory]
    [InlineData("siem.example", SyslogTransport.Tls, "siem.example", 6514)]
    [InlineData("tcp+tls://siem.example:7000", SyslogTransport.Tls, "siem.example", 7000)]
    [InlineData("tcp://192.0.2.7", SyslogTransport.Tcp, "192.0.2.7", 601)]
    [InlineData("udp://[2001:db8::1]", SyslogTransport.Udp, "2001:db8::1", 514)]
    [InlineData("udp://[2001:db8::1]:5514", SyslogTransport.Udp, "2001:db8::1", 5514)]
    public void A_receiver_is_named_with_as_little_as_its_host(string text, SyslogTransport transport, string host, int port) =>
        Assert.Equal(new SyslogTarget(transport, host, port), SyslogTarget.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("http://siem.example")]
    [InlineData("tcp://")]
    [InlineData("siem.example:0")]
    [InlineData("siem.example:65536")]
    [InlineData("siem.example:port")]
    [InlineData("two words")]
    public void What_is_no_receiver_is_refused(string text) => Assert.Null(SyslogTarget.TryParse(text));

    [Fact]
    public void A_message_is_as_in_the_contract()
    {
        var to = new ArrayBufferWriter<byte>();

        SyslogMessage.WriteFrame(to, Example);

        Assert.Equal("""70 <110>1 2026-01-02T03:04:07.000Z hub01 sallyport 4242 audit - {"seq":2}""", Encoding.UTF8.GetString(to.WrittenSpan));
    }

    [Theory]
    [InlineData("close", "refused", null, "<108>")]
    [InlineData("close", "failed", null, "<107>")]
    [InlineData("start", null, "previous_broken", "<106>")]
    [InlineData("gap", null, null, "<107>")]
    [InlineData("decision", "denied", null, "<110>")]
    public void The_priority_says_how_much_a_record_should_worry_somebody(string name, string? outcome, string? reason, string priority)
    {
        var to = new ArrayBufferWriter<byte>();

        SyslogMessage.Write(to, Example with { Entry = Example.Entry! with { Event = name, Outcome = outcome, Reason = reason } });

        Assert.StartsWith(priority, Encoding.UTF8.GetString(to.WrittenSpan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b/7", "a_b sallyport 7")]
    [InlineData("gate-1", "gate-1 sallyport -")]
    [InlineData(null, "- sallyport -")]
    public void A_header_field_is_one_word_whatever_a_machine_is_called(string? instance, string words)
    {
        var to = new ArrayBufferWriter<byte>();

        SyslogMessage.Write(to, Example with { Entry = Example.Entry! with { Instance = instance } });

        Assert.Contains($" {words} ", Encoding.UTF8.GetString(to.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_are_counted_in_bytes()
    {
        using var listener = Listen();
        await using var sink = new SyslogStreamSink(TargetOf(listener, SyslogTransport.Tcp), new SinkTls(), TimeProvider.System);
        var accepting = listener.AcceptTcpClientAsync(Cancel);
        await sink.SendAsync([Line("""{"seq":2,"text":"Grüße 🔥"}"""), Example], Cancel);
        using var client = await accepting;
        var finishing = sink.FinishAsync(Cancel);

        var received = await new StreamReader(client.GetStream()).ReadToEndAsync(Cancel);
        client.Close();

        Assert.True(await finishing);
        Assert.Equal("""
            92 <110>1 2026-01-02T03:04:07.000Z hub01 sallyport 4242 audit - {"seq":2,"text":"Grüße 🔥"}70 <110>1 2026-01-02T03:04:07.000Z hub01 sallyport 4242 audit - {"seq":2}
            """, received);
    }

    [Fact]
    public async Task One_datagram_carries_one_record()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var sink = new SyslogUdpSink(new SyslogTarget(SyslogTransport.Udp, "127.0.0.1", ((IPEndPoint)receiver.Client.LocalEndPoint!).Port));
        var largest = Line(new string('x', sink.MaxRecordBytes));

        await sink.SendAsync([Example, largest], Cancel);

        Assert.Equal("""<110>1 2026-01-02T03:04:07.000Z hub01 sallyport 4242 audit - {"seq":2}""", Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancel)).Buffer));
        Assert.EndsWith("xxx", Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancel)).Buffer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_hung_up_is_noticed_before_anything_more_is_sent_to_it()
    {
        using var listener = Listen();
        await using var sink = new SyslogStreamSink(TargetOf(listener, SyslogTransport.Tcp), new SinkTls(), TimeProvider.System);
        await sink.SendAsync([Example], Cancel);
        Assert.True(sink.IsConnected);
        (await listener.AcceptTcpClientAsync(Cancel)).Close();
        await Soon.HoldsAsync(() => !sink.IsConnected);

        await Assert.ThrowsAsync<SinkException>(() => sink.SendAsync([Example], Cancel));
        await sink.SendAsync([Example], Cancel);
        Assert.True(sink.IsConnected);
    }

    [Fact]
    public async Task Nobody_there_is_a_problem_in_safe_words()
    {
        var listener = Listen();
        var target = TargetOf(listener, SyslogTransport.Tcp);
        listener.Stop();
        await using var sink = new SyslogStreamSink(target, new SinkTls(), TimeProvider.System);

        var problem = await Assert.ThrowsAsync<SinkException>(() => sink.SendAsync([Example], Cancel));

        Assert.Equal("cannot be reached (ConnectionRefused)", problem.Message);
    }

    [Theory]
    [InlineData("localhost", true, true)]
    [InlineData("elsewhere.test", true, false)]
    [InlineData("localhost", false, false)]
    public async Task A_certificate_counts_only_for_its_name_and_from_the_authorities_given(string name, bool isKnown, bool isTrusted)
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-tls-");
        using var certificate = Certificate(name);
        using var other = Certificate(name);
        var ca = Path.Combine(folder.FullName, "ca.pem");
        File.WriteAllText(ca, (isKnown ? certificate : other).ExportCertificatePem());
        using var listener = Listen();
        await using var sink = new SyslogStreamSink(TargetOf(listener, SyslogTransport.Tls) with { Host = "localhost" }, new SinkTls(ca), TimeProvider.System);

        var serving = ServeAsync(listener, certificate);
        var sending = sink.SendAsync([Example], Cancel);

        if (isTrusted)
        {
            await sending;
            Assert.StartsWith("70 <110>1 ", await serving, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("could not be trusted or does not trust us", (await Assert.ThrowsAsync<SinkException>(() => sending)).Message);
            Assert.Null(await serving);
        }

        folder.Delete(recursive: true);
    }

    private static async Task<string?> ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        await using var secure = new SslStream(client.GetStream());
        try
        {
            await secure.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[1000];
            var read = await secure.ReadAsync(buffer, Cancel);
            return read == 0 ? null : Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (Exception failure) when (failure is IOException or System.Security.Authentication.AuthenticationException)
        {
            return null;
        }
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static SyslogTarget TargetOf(TcpListener listener, SyslogTransport transport) => new(transport, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

    private static AuditLine Line(string text) => new(
        "audit.jsonl", 1, Encoding.UTF8.GetBytes(text), new AuditEntry { Event = "audit", Time = new DateTimeOffset(2026, 1, 2, 3, 4, 7, TimeSpan.Zero), Instance = "hub01/4242" });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
