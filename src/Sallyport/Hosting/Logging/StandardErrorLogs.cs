using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;

namespace Sallyport.Hosting.Logging;

/// <summary>Writes log lines to standard error, and to a file when asked, with every secret this process has seen as three stars.</summary>
internal sealed class StandardErrorLogs(TextWriter error, TextWriter? file, LogFormat format, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();

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
            builder.AddProvider(new StandardErrorLogs(error, file, settings.LogFormat, time));
        });
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, this);

    public void Write(LogLevel level, string category, EventId id, string message)
    {
        var line = LogLine.Write(format, time.GetUtcNow(), level, category, id, message);
        lock (_lock)
        {
            error.WriteLine(line);
            file?.WriteLine(line);
        }
    }

    public void Dispose() => file?.Dispose();

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
            var message = formatter(state, exception);
            logs.Write(logLevel, category, eventId, exception is null ? message : $"{message} ({exception.GetType().Name}: {exception.Message})");
        }
    }
}
