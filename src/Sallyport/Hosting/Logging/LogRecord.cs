using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Sallyport.Hosting.Logging;

/// <summary>What is to be logged: a sentence, and the same facts as fields. Fields whose name says that they hold a secret are left out.</summary>
internal sealed record LogRecord(DateTimeOffset Time, LogLevel Level, string Category, string Message)
{
    /// <summary>Words in names of fields that are never written, whatever they hold.</summary>
    private static readonly string[] Denied =
    [
        "password", "passphrase", "secret", "token", "authorization", "cookie", "api_key", "api-key", "apikey", "bearer", "credentials",
        "cf_access_client_id", "cf-access-client-id",
    ];

    /// <summary>Field names as they are logged; null for denied ones. Message templates are few, so this stays small.</summary>
    private static readonly ConcurrentDictionary<string, JsonEncodedText?> Names = new(StringComparer.Ordinal);

    private IReadOnlyList<KeyValuePair<string, object?>> _stated = [];

    public string? Event { get; init; }

    /// <summary>How many fields there may be; some of them are not shown.</summary>
    public int Fields => _stated.Count;

    /// <summary>The class of the exception and of what caused it, never their texts: those quote what was sent.</summary>
    public string? ErrorClass { get; private init; }

    public string? Stack { get; private init; }

    public static LogRecord Of(DateTimeOffset time, LogLevel level, string category, EventId id, string message, object? state, Exception? exception)
    {
        return new LogRecord(time, level, category, message)
        {
            Event = id.Name,
            _stated = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [],
            ErrorClass = exception is null ? null : ClassOf(exception),
            Stack = exception is null || level < LogLevel.Error ? null : exception.StackTrace,
        };
    }

    /// <summary>One field; false for those that have no value and those that must not be written.</summary>
    public bool TryField(int number, out JsonEncodedText name, [NotNullWhen(true)] out object? value)
    {
        (var stated, value) = _stated[number];
        var shown = value is null ? null : NameOf(stated);
        name = shown.GetValueOrDefault();
        return shown is not null;
    }

    /// <summary>Snake case, as the contracts name fields; null for the template and for what must not be written.</summary>
    private static JsonEncodedText? NameOf(string name) => Names.GetOrAdd(name, static name =>
    {
        var snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(name.TrimStart('@'));
        return name == "{OriginalFormat}" || Array.Exists(Denied, word => snake.Contains(word, StringComparison.OrdinalIgnoreCase)) ? null : JsonEncodedText.Encode(snake);
    });

    private static string ClassOf(Exception exception) => exception.InnerException is { } cause ? $"{exception.GetType().Name} < {ClassOf(cause)}" : exception.GetType().Name;
}
