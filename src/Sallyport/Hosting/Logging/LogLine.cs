using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;
using Sallyport.Core;

namespace Sallyport.Hosting.Logging;

/// <summary>One log line as text for people or JSON for machines; line breaks in it cannot forge another line.</summary>
internal static class LogLine
{
    private const string Stars = "***";

    public static string Write(LogFormat format, DateTimeOffset time, LogLevel level, string category, EventId id, string message)
    {
        var safe = WithoutSecrets(message);
        return format == LogFormat.Json ? Json(time, level, category, id, safe) : Text(time, level, category, safe);
    }

    private static string Text(DateTimeOffset time, LogLevel level, string category, string message) => string.Create(
        CultureInfo.InvariantCulture,
        $"{time:HH:mm:ss.fff} {Word(level)} {category[(category.LastIndexOf('.') + 1)..]}: {message.ReplaceLineEndings(" | ")}");

    private static string Json(DateTimeOffset time, LogLevel level, string category, EventId id, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", time);
            json.WriteString("level", Word(level));
            json.WriteString("logger", category);
            if (id.Name is not null)
                json.WriteString("event", id.Name);
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private static string WithoutSecrets(string text)
        => Secret.KnownValues.Aggregate(text, (safe, secret) => safe.Replace(secret, Stars, StringComparison.Ordinal));
}
