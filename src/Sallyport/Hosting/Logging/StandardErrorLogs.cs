using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;

namespace Sallyport.Hosting.Logging;

/// <summary>Writes log lines to standard error, and to a file when asked, with every secret this process has seen as three stars.</summary>
internal sealed class StandardErrorLogs : ILoggerProvider
{
    private readonly RollingFile? _file;
    private readonly LogStyle _style;
    private readonly TimeProvider _time;
    private readonly LogQueue _queue;

    private StandardErrorLogs(TextWriter error, RollingFile? file, LogStyle style, TimeProvider time)
    {
        (_file, _style, _time) = (file, style, time);
        _queue = new LogQueue(
            lines =>
            {
                file?.TryWrite(lines);
                error.Write(lines);
                error.Flush();
            },
            dropped => LogLine.Write(style.Format, new LogRecord(time.GetUtcNow(), LogLevel.Warning, "Sallyport.Logs", $"{dropped} lines were dropped: nobody read them fast enough") { Event = "log-lines-dropped" }), time);
    }

    public static ILoggerFactory Start(ObservabilitySettings settings, TextWriter error, TimeProvider time) => Start(new LogStyle(settings), settings, error, time);

    /// <param name="style">May change while lines are written.</param>
    /// <exception cref="IOException">The log file cannot be opened, as an <see cref="UnauthorizedAccessException"/> says too.</exception>
    public static ILoggerFactory Start(LogStyle style, ObservabilitySettings settings, TextWriter error, TimeProvider time)
    {
        var file = settings.LogFile is { } path ? new RollingFile(path, settings.LogFileBytes, settings.LogFileBackups) : null;
        var filters = new LoggerFilterOptions { MinLevel = LogLevel.Trace };
        filters.Rules.Add(new LoggerFilterRule(null, null, null, (_, category, level) => style.Writes(category, level)));
        // Without the services that usually put it together, which every start would load; a provider that is added goes with its factory.
        var factory = new LoggerFactory([], filters);
        factory.AddProvider(new StandardErrorLogs(error, file, style, time));
        return factory;
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, this);

    public void Dispose()
    {
        _queue.Dispose();
        _file?.Dispose();
    }

    private sealed class LineLogger(string category, StandardErrorLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            logs._queue.Add(LogLine.Write(logs._style.Format, LogRecord.Of(logs._time.GetUtcNow(), logLevel, category, eventId, formatter(state, exception), state, exception)));
        }
    }
}
