using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;

namespace Sallyport.Hosting.Logging;

/// <summary>How much is logged and in which form, as the settings say at the moment.</summary>
internal sealed class LogStyle(ObservabilitySettings settings)
{
    private const string Framework = "Microsoft";

    /// <summary>It would make a span of its own for each request, which nobody records.</summary>
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>It would tell a start that failed once more, with a stack, before the program says it in a sentence.</summary>
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    private ObservabilitySettings _settings = settings;

    public LogFormat Format => Volatile.Read(ref _settings).LogFormat;

    private LogLevel Least => Volatile.Read(ref _settings).LogLevel switch
    {
        LogThreshold.Debug => LogLevel.Debug,
        LogThreshold.Information => LogLevel.Information,
        LogThreshold.Warning => LogLevel.Warning,
        LogThreshold.Error => LogLevel.Error,
        _ => LogLevel.Critical,
    };

    public void Use(ObservabilitySettings changed) => Volatile.Write(ref _settings, changed);

    /// <summary>What the web server says about every request is noise below its warnings.</summary>
    public bool Writes(string? category, LogLevel level) => level >= Least && category switch
    {
        Requests or Host => false,
        not null when category.StartsWith(Framework, StringComparison.Ordinal) => level >= LogLevel.Warning,
        _ => true,
    };
}
