using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Gateway.Audit.Forwarding;
using Sallyport.Gateway.Audit.Sinks;

namespace Sallyport.Hosting;

/// <summary>The receivers of audit records that the settings name.</summary>
internal static class AuditSinks
{
    public static AuditForwarding Of(SallyportSettings settings, ILoggerFactory logs, TimeProvider time)
    {
        var audit = settings.Audit;
        var context = new UpstreamContext("audit", time, logs, "", settings.AllowLoopbackUpstream);
        var sinks = new List<SinkPlan>();
        if (audit.Syslog is { } syslog)
            sinks.Add(new SinkPlan("syslog", Syslog(syslog, audit, time)) { Form = audit.SyslogRecords });
        if (audit.Https is { } https)
        {
            sinks.Add(new SinkPlan("https", new HttpsSink(new Uri(https), audit.HttpsFormat, audit.HttpsToken, audit.HttpsCa, context))
            {
                Form = audit.HttpsRecords,
                BatchRecords = audit.HttpsBatchSize,
                FlushAfter = Duration.Parse(audit.HttpsFlushAfter),
            });
        }

        if (settings.State.Postgres is { IsEmpty: false } database)
            sinks.Add(new SinkPlan("postgres", new PostgresSink(database)));
        var checkpoints = audit.Checkpoints ?? new CheckpointSettings();
        if (checkpoints.File is { } file)
            sinks.Add(new SinkPlan("checkpoint-file", new FileSink(file)) { CheckpointsOnly = true });
        if (checkpoints.Syslog is { } receiver)
            sinks.Add(new SinkPlan("checkpoint-syslog", Syslog(receiver, audit, time)) { CheckpointsOnly = true });
        if (checkpoints.Https is { } hook)
            sinks.Add(new SinkPlan("checkpoint-https", new HttpsSink(new Uri(hook), BatchForm.Array, checkpoints.HttpsToken, audit.HttpsCa, context)) { CheckpointsOnly = true, BatchRecords = 1 });
        return new AuditForwarding(sinks, (long)audit.WaitingMegabytes << 20, audit.WhenBehind == WhenBehind.Refuse);
    }

    private static IAuditSink Syslog(string text, AuditSettings audit, TimeProvider time)
    {
        var target = SyslogTarget.TryParse(text) ?? throw new InvalidOperationException("Settings are checked before they are used.");
        return target.Transport == SyslogTransport.Udp
            ? new SyslogUdpSink(target)
            : new SyslogStreamSink(target, new SinkTls(audit.SyslogCa, audit.SyslogCertificate, audit.SyslogKey), time);
    }
}
