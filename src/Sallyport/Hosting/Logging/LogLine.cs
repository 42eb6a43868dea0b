using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Observability;

namespace Sallyport.Hosting.Logging;

/// <summary>
/// One log record as a line of text for people or JSON for machines, without secrets. Nothing in a record can forge another
/// line or steer a terminal.
/// </summary>
internal static class LogLine
{
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss.fffZ";


    public static string Write(LogFormat format, LogRecord record)
    {
        // One look at the whole line; few have anything to hide.
        var line = Write(format, record, static text => text);
        return KnownSecrets.AreIn(line) ? Write(format, record, KnownSecrets.Redact) : line;
    }

    private static string Write(LogFormat format, LogRecord record, Func<string, string> redact) => format == LogFormat.Json ? Json(record, redact) : Text(record, redact);

    private static string Text(LogRecord record, Func<string, string> redact)
    {
        var line = new StringBuilder(256)
            .Append(record.Time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)).Append(' ').Append(Word(record.Level)).Append(' ')
            .Append(record.Category).Append(": ");
        AppendPlain(line, redact(record.Message));
        if (record.Event is { } name)
            line.Append("  event=").Append(name);
        foreach (var (key, value) in record.Fields)
        {
            line.Append(' ').Append(key).Append('=');
            AppendPlain(line, value is LoggedJson json ? redact(json.Json) : Quoted(redact(Shown(value))));
        }

        if (record.ErrorClass is { } error)
            line.Append(" exception=").Append(error);
        if (record.Stack is { } stack)
            AppendPlain(line.Append(" | "), stack);
        return line.ToString();
    }

    private static string Json(LogRecord record, Func<string, string> redact)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("ts", record.Time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));
            json.WriteString("level", Word(record.Level));
            json.WriteString("logger", record.Category);
            json.WriteString("msg", redact(record.Message));
            if (record.Event is not null)
                json.WriteString("event", record.Event);
            foreach (var (key, value) in record.Fields)
                Write(json, key, value, redact);
            if (record.ErrorClass is not null)
                json.WriteString("exception", record.ErrorClass);
            if (record.Stack is not null)
                json.WriteString("stack", record.Stack);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value, Func<string, string> redact)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case LoggedJson raw:
                json.WriteRawValue(redact(raw.Json));
                break;
            default:
                json.WriteStringValue(redact(Shown(value)));
                break;
        }
    }

    private static string Shown(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string value)
        => value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/' or '*' or '@') ? value : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";

    private static void AppendPlain(StringBuilder line, string text)
    {
        foreach (var character in text.ReplaceLineEndings(" | "))
            line.Append(char.IsControl(character) ? ' ' : character);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };
}
