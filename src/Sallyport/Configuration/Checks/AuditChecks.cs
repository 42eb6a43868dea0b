using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Checks;

/// <summary>The audit must be keyed where others can reach the gate, and forwarded only over ways that can be trusted.</summary>
internal static partial class AuditChecks
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
        }
        else if (isNetwork && KeyBytes(audit.HmacKey) < LeastKeyBytes)
        {
            yield return new SchemaError("audit.hmacKey", $"(AUDIT_HMAC_KEY) must have at least {LeastKeyBytes} bytes; 'openssl rand -hex 32' makes one");
        }

        if (audit.Https is { } https && !SettingsChecks.IsSecureAddress(https, settings.AllowLoopbackUpstream))
            yield return new SchemaError("audit.https", "must be an https address");
        if (audit.Syslog is { } syslog && !Syslog().IsMatch(syslog))
            yield return new SchemaError("audit.syslog", "must be [tcp://|udp://|tcp+tls://]host[:port]");
        if (audit.SyslogCa is { } authorities && !File.Exists(authorities))
            yield return new SchemaError("audit.syslogCa", "names a file that does not exist");
    }

    private static int KeyBytes(Secret key)
    {
        var text = key.Reveal();
        return text.Length >= 2 * LeastKeyBytes && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit)
            ? text.Length / 2
            : Encoding.UTF8.GetByteCount(text);
    }

    [GeneratedRegex(@"\A((tcp|udp|tcp\+tls)://)?([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?\z")]
    private static partial Regex Syslog();
}
