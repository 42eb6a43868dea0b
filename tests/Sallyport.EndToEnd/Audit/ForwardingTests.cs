using System.Text.Json;

namespace Sallyport.EndToEnd.Audit;

/// <summary>The real program forwards to a real rsyslog, which may be away, be killed, or ask who calls.</summary>
public sealed class ForwardingTests : IDisposable
{
    private readonly SallyportProgram _program = new() { Variables = { ["AUDIT_HMAC_KEY"] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" } };

    public void Dispose() => _program.Dispose();

    private string[] Audit => File.ReadAllLines(Path.Combine(_program.Folder, "audit.jsonl"));

    [Fact]
    public async Task Over_tcp_rsyslog_gets_every_record_to_the_byte()
    {
        var port = Rsyslog.FreePort();
        await using var rsyslog = await Rsyslog.StartAsync(_program.Folder, Tcp(port), port);
        Settings($"syslog: 'tcp://127.0.0.1:{port}'");

        await _program.RunAsync("call", "no_such_tool_ü");

        await rsyslog.UntilAsync(() => rsyslog.Lines.Length >= 4);
        Assert.Equal(Audit, rsyslog.Lines);
    }

    [Fact]
    public async Task What_happened_while_rsyslog_was_down_arrives_when_it_is_back()
    {
        var port = Rsyslog.FreePort();
        Settings($"syslog: 'tcp://127.0.0.1:{port}'");
        await _program.RunAsync("call", "first_tool");
        await using (var rsyslog = await Rsyslog.StartAsync(_program.Folder, Tcp(port), port))
        {
            await _program.RunAsync("call", "second_tool");
            await rsyslog.UntilAsync(() => rsyslog.Lines.Length >= 8);
        }

        await _program.RunAsync("call", "third_tool");
        await using var again = await Rsyslog.StartAsync(_program.Folder, Tcp(port), port);
        await _program.RunAsync("call", "fourth_tool");

        await again.UntilAsync(() => again.Lines.Distinct().Count() >= 16);
        Assert.Equal(Audit, again.Lines.Distinct());
    }

    [Fact]
    public async Task Over_udp_rsyslog_gets_one_record_a_datagram()
    {
        var port = Rsyslog.FreePort();
        await using var rsyslog = await Rsyslog.StartAsync(
            _program.Folder, $"module(load=\"imudp\")\ninput(type=\"imudp\" address=\"127.0.0.1\" port=\"{port}\")\nmodule(load=\"imtcp\")\ninput(type=\"imtcp\" address=\"127.0.0.1\" port=\"{port}\")", port);
        Settings($"syslog: 'udp://127.0.0.1:{port}', syslogRecords: ocsf");

        await _program.RunAsync("call", "no_such_tool");

        await rsyslog.UntilAsync(() => rsyslog.Lines.Length >= 4);
        Assert.All(rsyslog.Lines, line => Assert.Equal(6003, JsonDocument.Parse(line).RootElement.GetProperty("class_uid").GetInt32()));
    }

    [Fact]
    public async Task Over_tls_rsyslog_gets_every_record_from_a_gate_that_trusts_it()
    {
        using var authority = new TestAuthority(_program.Folder);
        var port = Rsyslog.FreePort();
        await using var rsyslog = await Rsyslog.StartAsync(_program.Folder, Tls(authority, port, "StreamDriver.AuthMode=\"anon\""), port);
        Settings($"syslog: 'localhost:{port}', syslogCa: '{authority.Certificate}'");

        await _program.RunAsync("call", "no_such_tool");

        await rsyslog.UntilAsync(() => rsyslog.Lines.Length >= 4);
        Assert.Equal(Audit, rsyslog.Lines);
    }

    [Fact]
    public async Task A_gate_that_does_not_trust_rsyslog_tells_it_nothing()
    {
        using var authority = new TestAuthority(_program.Folder);
        var port = Rsyslog.FreePort();
        await using var rsyslog = await Rsyslog.StartAsync(_program.Folder, Tls(authority, port, "StreamDriver.AuthMode=\"anon\""), port);
        Settings($"syslog: 'localhost:{port}'");

        // On a busy machine the first try may end before the handshake does; each start tries anew.
        var said = "";
        for (var start = 0; start < 3 && !said.Contains("could not be trusted", StringComparison.Ordinal); start++)
            said += (await _program.RunAsync("call", "no_such_tool")).Error;

        Assert.Contains("could not be trusted", said);
        Assert.Empty(rsyslog.Lines);
    }

    [Fact]
    public async Task Rsyslog_that_asks_who_calls_is_shown_the_gates_certificate_and_gets_what_it_refused_before()
    {
        using var authority = new TestAuthority(_program.Folder);
        var (certificate, key) = authority.Issue("gate.test");
        var port = Rsyslog.FreePort();
        await using var rsyslog = await Rsyslog.StartAsync(_program.Folder, Tls(authority, port, "StreamDriver.AuthMode=\"x509/name\" PermittedPeer=[\"gate.test\"]"), port);
        Settings($"syslog: 'localhost:{port}', syslogCa: '{authority.Certificate}'");
        await _program.RunAsync("call", "first_tool");
        Assert.Empty(rsyslog.Lines);

        Settings($"syslog: 'localhost:{port}', syslogCa: '{authority.Certificate}', syslogCertificate: '{certificate}', syslogKey: '{key}'");
        await _program.RunAsync("call", "second_tool");

        await rsyslog.UntilAsync(() => rsyslog.Lines.Length >= 8);
        Assert.Equal(Audit, rsyslog.Lines);
    }

    [Fact]
    public async Task A_cut_at_the_end_shows_by_the_checkpoints_kept_elsewhere()
    {
        var kept = Path.Combine(_program.Folder, "checkpoints.jsonl");
        Settings($"checkpoints: {{ file: '{kept}' }}");
        await _program.RunAsync("call", "first_tool");
        await _program.RunAsync("call", "second_tool");
        Assert.Equal(4, File.ReadAllLines(kept).Length);
        Assert.Equal(0, (await _program.RunAsync("audit", "verify", "--checkpoints", kept)).Code);

        // All traces beside the log are gone, too, so that the log alone looks as good as new.
        File.WriteAllLines(Path.Combine(_program.Folder, "audit.jsonl"), Audit[..4]);
        File.Delete(Path.Combine(_program.Folder, "audit.jsonl.chain"));
        Assert.Equal(0, (await _program.RunAsync("audit", "verify")).Code);

        var run = await _program.RunAsync("audit", "verify", "--checkpoints", kept);

        Assert.Equal(1, run.Code);
        Assert.Contains($"broken: truncated at {kept}:4, record 4", run.Output);
    }

    private void Settings(string audit) => _program.Write("sallyport.yaml", $"audit: {{ file: '{Path.Combine(_program.Folder, "audit.jsonl")}', {audit} }}\n");

    private static string Tcp(int port) => $"module(load=\"imtcp\")\ninput(type=\"imtcp\" address=\"127.0.0.1\" port=\"{port}\")";

    private static string Tls(TestAuthority authority, int port, string who)
    {
        var (certificate, key) = authority.Issue("localhost");
        return $"""
            global(DefaultNetstreamDriver="gtls" DefaultNetstreamDriverCAFile="{authority.Certificate}" DefaultNetstreamDriverCertFile="{certificate}" DefaultNetstreamDriverKeyFile="{key}")
            module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" {who})
            input(type="imtcp" address="127.0.0.1" port="{port}")
            """;
    }
}
