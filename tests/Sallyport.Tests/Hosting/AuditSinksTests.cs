using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Audit.Forwarding;
using Sallyport.Gateway.Audit.Sinks;
using Sallyport.Hosting;
using Sallyport.Tests.Configuration;

namespace Sallyport.Tests.Hosting;

public sealed class AuditSinksTests : IDisposable
{
    private readonly SettingsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_reference_servers_variables_name_receivers()
    {
        _bench.Variables["AUDIT_LOG_SYSLOG"] = "udp://127.0.0.1:5514";
        _bench.Variables["AUDIT_LOG_HTTPS_URL"] = "https://siem.test/in";
        _bench.Variables["AUDIT_LOG_HTTPS_TOKEN"] = "secret";
        _bench.Variables["AUDIT_LOG_HTTPS_FORMAT"] = "splunk-hec";
        _bench.Variables["AUDIT_LOG_HTTPS_BATCH_SIZE"] = "7";
        _bench.Variables["AUDIT_LOG_HTTPS_FLUSH_SECS"] = "9";
        _bench.Variables["AUDIT_FAIL_CLOSED"] = "true";

        var forwarding = Forwarding();

        Assert.True(forwarding.RefuseWhenFull);
        Assert.Equal(["syslog", "https"], forwarding.Sinks.Select(plan => plan.Name));
        Assert.IsType<SyslogUdpSink>(forwarding.Sinks[0].Sink);
        Assert.IsType<HttpsSink>(forwarding.Sinks[1].Sink);
        Assert.Equal((7, TimeSpan.FromSeconds(9)), (forwarding.Sinks[1].BatchRecords, forwarding.Sinks[1].FlushAfter));
    }

    [Fact]
    public void Each_receiver_has_a_form_of_its_own_and_checkpoints_go_where_they_are_told()
    {
        _bench.Yaml = $$"""
            audit:
              syslog: tcp://127.0.0.1
              syslogRecords: ocsf
              https: https://siem.test
              waitingMegabytes: 5
              checkpoints: { file: '{{_bench.Folder}}/kept', syslog: elsewhere.test, https: https://hook.test }
            """;

        var forwarding = Forwarding();

        Assert.Equal(["syslog", "https", "checkpoint-file", "checkpoint-syslog", "checkpoint-https"], forwarding.Sinks.Select(plan => plan.Name));
        Assert.Equal([RecordForm.Ocsf, RecordForm.Native], forwarding.Sinks.Take(2).Select(plan => plan.Form));
        Assert.Equal([false, false, true, true, true], forwarding.Sinks.Select(plan => plan.CheckpointsOnly));
        Assert.Equal((5L << 20, false), (forwarding.WaitingBytes, forwarding.RefuseWhenFull));
    }

    [Fact]
    public void A_database_that_several_gates_share_gets_the_chain_too()
    {
        _bench.Yaml = "state: { postgres: 'Host=db.test;Username=gate' }";

        Assert.IsType<PostgresSink>(Assert.Single(Forwarding().Sinks).Sink);
    }

    [Fact]
    public void Without_receivers_nothing_is_forwarded() => Assert.Empty(Forwarding().Sinks);

    [Theory]
    [InlineData("syslog: 'carrier-pigeon://siem'", "audit.syslog: ")]
    [InlineData("syslog: siem.test, syslogCa: /nowhere/ca.pem", "audit.syslogCa: ")]
    [InlineData("syslog: siem.test, syslogCertificate: /nowhere/c.pem", "audit.syslogKey: ")]
    [InlineData("https: 'http://siem.test'", "audit.https: ")]
    [InlineData("checkpoints: { https: 'http://siem.test' }", "audit.checkpoints.https: ")]
    [InlineData("checkpoints: { syslog: 'a b' }", "audit.checkpoints.syslog: ")]
    [InlineData("checkpoints: { file: /nowhere/kept }", "audit.checkpoints.file: ")]
    public void A_receiver_that_cannot_be_meant_stops_the_start(string audit, string problem)
    {
        _bench.Yaml = $"audit: {{ {audit} }}";

        Assert.Contains(_bench.Problems(), text => text.StartsWith(problem, StringComparison.Ordinal));
    }

    private AuditForwarding Forwarding() => AuditSinks.Of(_bench.Settings(), NullLoggerFactory.Instance, TimeProvider.System);
}
