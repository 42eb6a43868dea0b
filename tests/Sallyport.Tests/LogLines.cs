using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sallyport.Tests;

/// <summary>Keeps every line that is logged, at every level.</summary>
internal sealed class LogLines : ILoggerFactory
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, string? Event)> _lines = new();

    public IReadOnlyList<(LogLevel Level, string Text, string? Event)> Lines => [.. _lines];

    /// <summary>The lines of one event.</summary>
    public IEnumerable<string> Of(string name) => _lines.Where(line => line.Event == name).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel, string, string?)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}", eventId.Name));
    }
}
