using System.Collections.Concurrent;
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
    private static readonly ConcurrentDictionary<string, string?> Names = new(StringComparer.Ordinal);

    public string? Event { get; init; }

    public IReadOnlyList<KeyValuePair<string, object?>> Fields { get; private init; } = [];

    /// <summary>The class of the exception and of what caused it, never their texts: those quote what was sent.</summary>
    public string? ErrorClass { get; private init; }

    public string? Stack { get; private init; }

    public static LogRecord Of(DateTimeOffset time, LogLevel level, string category, EventId id, string message, object? state, Exception? exception)
    {
        List<KeyValuePair<string, object?>> fields = [];
        foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            if (value is not null && NameOf(name) is { } shown)
                fields.Add(new(shown, value));
        }

        return new LogRecord(time, level, category, message)
        {
            Event = id.Name,
            Fields = fields,
            ErrorClass = exception is null ? null : ClassOf(exception),
            Stack = exception is null || level < LogLevel.Error ? null : exception.StackTrace,
        };
    }

    /// <summary>Snake case, as the contracts name fields; null for the template and for what must not be written.</summary>
    private static string? NameOf(string name) => Names.GetOrAdd(name, static name =>
    {
        var snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(name.TrimStart('@'));
        return name == "{OriginalFormat}" || Array.Exists(Denied, word => snake.Contains(word, StringComparison.OrdinalIgnoreCase)) ? null : snake;
    });

    private static string ClassOf(Exception exception) => exception.InnerException is { } cause ? $"{exception.GetType().Name} < {ClassOf(cause)}" : exception.GetType().Name;
}
