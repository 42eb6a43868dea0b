using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;

namespace Sallyport.Hosting.Logging;

/// <summary>Writes log lines to standard error, and to a file when asked, with every secret this process has seen as three stars.</summary>
internal sealed class StandardErrorLogs : ILoggerProvider
{
    private readonly TextWriter? _file;
    private readonly LogFormat _format;
    private readonly TimeProvider _time;
    private readonly LogQueue _queue;

    private StandardErrorLogs(TextWriter error, TextWriter? file, LogFormat format, TimeProvider time)
    {
        (_file, _format, _time) = (file, format, time);
        _queue = new LogQueue(
            lines =>
            {
                error.Write(lines);
                error.Flush();
                file?.Write(lines);
            },
            dropped => LogLine.Write(format, new LogRecord(time.GetUtcNow(), LogLevel.Warning, "Sallyport.Logs", $"{dropped} lines were dropped: nobody read them fast enough") { Event = "log-lines-dropped" }), time);
    }

    public static ILoggerFactory Start(ObservabilitySettings settings, TextWriter error, TimeProvider time)
    {
        var level = settings.LogLevel switch
        {
            LogThreshold.Debug => LogLevel.Debug,
            LogThreshold.Information => LogLevel.Information,
            LogThreshold.Warning => LogLevel.Warning,
            LogThreshold.Error => LogLevel.Error,
            _ => LogLevel.Critical,
        };
        var file = settings.LogFile is null ? null : Open(settings.LogFile);
        return LoggerFactory.Create(builder =>
        {
            builder.SetMinimumLevel(level);
            // What the web server says about every request is noise below its warnings.
            builder.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
            // It would make a span of its own for each request, which nobody records.
            builder.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
            builder.AddProvider(new StandardErrorLogs(error, file, settings.LogFormat, time));
        });
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, this);

    public void Dispose()
    {
        _queue.Dispose();
        _file?.Dispose();
    }

    private static StreamWriter Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new StreamWriter(path, options) { AutoFlush = true };
    }

    private sealed class LineLogger(string category, StandardErrorLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            logs._queue.Add(LogLine.Write(logs._format, LogRecord.Of(logs._time.GetUtcNow(), logLevel, category, eventId, formatter(state, exception), state, exception)));
        }
    }
}
