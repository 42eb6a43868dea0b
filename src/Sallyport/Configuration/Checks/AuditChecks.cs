using System.Text;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Gateway.Audit.Sinks;

namespace Sallyport.Configuration.Checks;

/// <summary>The audit must be keyed where others can reach the gate, and forwarded only over ways that can be trusted.</summary>
internal static class AuditChecks
{
    private const int LeastKeyBytes = 32;

    public static IEnumerable<SchemaError> Of(SallyportSettings settings, List<string> warnings)
    {
        var audit = settings.Audit;
        var isNetwork = settings.Transport == TransportKind.Http && Listen.TryParse(settings.Http.Listen) is { IsLoopback: false };
        if (audit.HmacKey is null or { IsEmpty: true })
        {
            if (settings.Transport == TransportKind.Http && (audit.RequireKey ?? isNetwork))
            {
                yield return new SchemaError(
                    "audit.hmacKey",
                    "is needed to serve http, or the audit cannot be checked after a restart. Set it (AUDIT_HMAC_KEY), "
                    + "or audit.requireKey: false (REQUIRE_AUDIT_HMAC_KEY=false)");
            }
            else if (settings.Transport == TransportKind.Http)
            {
                warnings.Add("audit.hmacKey (AUDIT_HMAC_KEY) is not set: the audit can be checked only while this process runs.");
            }

            // Somebody has set up who may decide, and would take it for more than it is.
            if (settings.Approvals.People is { Count: > 0 } || settings.State.Postgres is { IsEmpty: false })
                warnings.Add("audit.hmacKey (AUDIT_HMAC_KEY) is not set: whoever can write the state directory or its database can approve held calls.");
        }
        else if ((isNetwork || (settings.Transport == TransportKind.Http && audit.RequireKey == true)) && KeyBytes(audit.HmacKey) < LeastKeyBytes)
        {
            yield return new SchemaError("audit.hmacKey", $"(AUDIT_HMAC_KEY) must have at least {LeastKeyBytes} bytes; 'openssl rand -hex 32' makes one");
        }

        foreach (var error in Receivers(settings))
            yield return error;
    }

    private static IEnumerable<SchemaError> Receivers(SallyportSettings settings)
    {
        var audit = settings.Audit;
        var checkpoints = audit.Checkpoints;
        foreach (var (path, address) in new[] { ("audit.https", audit.Https), ("audit.checkpoints.https", checkpoints?.Https) })
        {
            if (address is not null && !SettingsChecks.IsSecureAddress(address, settings.AllowLoopbackUpstream))
                yield return new SchemaError(path, "must be an https address");
        }

        foreach (var (path, receiver) in new[] { ("audit.syslog", audit.Syslog), ("audit.checkpoints.syslog", checkpoints?.Syslog) })
        {
            if (receiver is not null && SyslogTarget.TryParse(receiver) is null)
                yield return new SchemaError(path, "must be [tcp://|udp://|tcp+tls://]host[:port]");
        }

        (string Path, string? File)[] files =
        [
            ("audit.syslogCa", audit.SyslogCa), ("audit.syslogCertificate", audit.SyslogCertificate), ("audit.syslogKey", audit.SyslogKey), ("audit.httpsCa", audit.HttpsCa),
        ];
        foreach (var (path, file) in files)
        {
            if (file is not null && !File.Exists(file))
                yield return new SchemaError(path, "names a file that does not exist");
        }

        if (audit.SyslogCertificate is null != audit.SyslogKey is null)
            yield return new SchemaError("audit.syslogKey", "goes with audit.syslogCertificate: set both or neither");
        if (checkpoints?.File is { } kept && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(kept))))
            yield return new SchemaError("audit.checkpoints.file", "is in a folder that does not exist");
    }

    private static int KeyBytes(Secret key)
    {
        var text = key.Reveal();
        return text.Length >= 2 * LeastKeyBytes && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit)
            ? text.Length / 2
            : Encoding.UTF8.GetByteCount(text);
    }
}
