using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>Puts a record into an RFC 5424 message: the record itself is the text, to the byte.</summary>
internal static class SyslogMessage
{
    private const int LogAudit = 13;
    private const int MaxHost = 255;
    private const int MaxProcess = 128;

    /// <summary>As one datagram carries it.</summary>
    public static void Write(IBufferWriter<byte> to, AuditLine record)
    {
        var header = Header(record.Entry!);
        to.Write(header);
        to.Write(record.Utf8.Span);
    }

    /// <summary>As a stream carries it: its length in bytes, then the message (octet counting, RFC 6587 and 5425).</summary>
    public static void WriteFrame(IBufferWriter<byte> to, AuditLine record)
    {
        var header = Header(record.Entry!);
        to.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{header.Length + record.Utf8.Length} ")));
        to.Write(header);
        to.Write(record.Utf8.Span);
    }

    private static byte[] Header(AuditEntry entry)
    {
        var instance = entry.Instance ?? "";
        var slash = instance.LastIndexOf('/');
        var host = Word(slash < 0 ? instance : instance[..slash], MaxHost);
        var process = Word(slash < 0 ? "" : instance[(slash + 1)..], MaxProcess);
        var priority = (LogAudit * 8) + AuditSeverity.Of(entry).Syslog;
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"<{priority}>1 {entry.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {host} sallyport {process} {Word(entry.Event, 32)} - "));
    }

    /// <summary>A word of printable ASCII, as a header field must be.</summary>
    private static string Word(string text, int max)
    {
        var word = string.Concat(text.Take(max).Select(c => c is > ' ' and <= '~' ? c : '_'));
        return word.Length == 0 ? "-" : word;
    }
}
