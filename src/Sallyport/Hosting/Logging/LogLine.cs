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
    /// <summary>Length of 2026-01-02T03:04:05.0000000Z.</summary>
    private const int LongStamp = 28;

    /// <summary>Length of 2026-01-02T03:04:05.000Z.</summary>
    private const int ShortStamp = 24;

    /// <summary>Each thread writes line after line in the same room.</summary>
    [ThreadStatic]
    private static LineRoom? _room;

    /// <summary>The line, which is gone when the same thread writes its next one.</summary>
    public static ReadOnlySpan<char> Write(LogFormat format, LogRecord record)
    {
        // One look at the whole line; few have anything to hide.
        var line = Write(format, record, static text => text);
        return KnownSecrets.AreIn(line) ? Write(format, record, KnownSecrets.Redact) : line;
    }

    private static ReadOnlySpan<char> Write(LogFormat format, LogRecord record, Func<string, string> redact)
    {
        // One very long line must not be remembered by every thread.
        var room = _room is { IsLarge: false } kept ? kept : _room = new LineRoom();
        return format == LogFormat.Json ? Json(record, redact, room) : Text(record, redact);
    }

    private static string Text(LogRecord record, Func<string, string> redact)
    {
        var line = new StringBuilder(256)
            .Append(Stamp(record.Time, stackalloc char[LongStamp])).Append(' ').Append(Word(record.Level)).Append(' ')
            .Append(record.Category).Append(": ");
        AppendPlain(line, redact(record.Message));
        if (record.Event is { } name)
            line.Append("  event=").Append(name);
        for (var number = 0; number < record.Fields; number++)
        {
            if (!record.TryField(number, out var key, out var value))
                continue;
            line.Append(' ').Append(key.Value).Append('=');
            AppendPlain(line, value is LoggedJson json ? redact(json.Json) : Quoted(redact(Shown(value))));
        }

        if (record.ErrorClass is { } error)
            line.Append(" exception=").Append(error);
        if (record.Stack is { } stack)
            AppendPlain(line.Append(" | "), stack);
        return line.ToString();
    }

    private static ReadOnlySpan<char> Json(LogRecord record, Func<string, string> redact, LineRoom room)
    {
        var json = room.Begin();
        json.WriteStartObject();
        json.WriteString("ts"u8, Stamp(record.Time, stackalloc char[LongStamp]));
        json.WriteString("level"u8, Word(record.Level));
        json.WriteString("logger"u8, record.Category);
        json.WriteString("msg"u8, redact(record.Message));
        if (record.Event is not null)
            json.WriteString("event"u8, record.Event);
        for (var number = 0; number < record.Fields; number++)
        {
            if (record.TryField(number, out var key, out var value))
                Write(json, key, value, redact);
        }

        if (record.ErrorClass is not null)
            json.WriteString("exception"u8, record.ErrorClass);
        if (record.Stack is not null)
            json.WriteString("stack"u8, record.Stack);
        json.WriteEndObject();
        return room.End();
    }

    private static void Write(Utf8JsonWriter json, JsonEncodedText name, object value, Func<string, string> redact)
    {
        json.WritePropertyName(name);
        switch (value)
        {
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
                // Checked only where stars were put into it: it was written by ourselves.
                var shown = redact(raw.Json);
                json.WriteRawValue(shown, skipInputValidation: ReferenceEquals(shown, raw.Json));
                break;
            default:
                json.WriteStringValue(redact(Shown(value)));
                break;
        }
    }

    /// <summary>The round-trip form up to the milliseconds: the one form of a time that takes no time.</summary>
    private static ReadOnlySpan<char> Stamp(DateTimeOffset time, Span<char> room)
    {
        time.UtcDateTime.TryFormat(room, out _, "O", CultureInfo.InvariantCulture);
        room[ShortStamp - 1] = 'Z';
        return room[..ShortStamp];
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
