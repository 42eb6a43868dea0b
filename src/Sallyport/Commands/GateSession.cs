using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Connectors;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting;
using Sallyport.Hosting.Logging;

namespace Sallyport.Commands;

/// <summary>Runs one command's work inside a gate of its own, as the operator at the keyboard.</summary>
internal static class GateSession
{
    /// <summary>The operator: who can read the settings can do what they allow.</summary>
    public static Caller Operator { get; } = new("cli", "admin", ["*"], "cli");

    public static async Task<int> RunAsync(
        string? file, OperatorConsole console, Func<GatewayParts, Task<int>> work, CancellationToken cancellationToken)
    {
        if (OperatorSettings.Load(OperatorSettings.Source(file), console) is not { Settings: { } settings })
            return ExitCode.BadConfiguration;
        using var logs = Quiet(settings, console);
        try
        {
            await using var gateway = await GatewayBuilder.StartAsync(settings, BuiltInConnectors.All, logs, TimeProvider.System, cancellationToken);
            return await work(gateway.Parts);
        }
        catch (AuditUnavailableException unavailable)
        {
            return console.Fail(unavailable.Message, "Nothing runs without an audit. Check audit.file and state.directory, and who may write there.");
        }
    }

    /// <summary>A command says what matters itself; only what went wrong is worth a log line.</summary>
    public static ILoggerFactory Quiet(SallyportSettings settings, OperatorConsole console)
        => StandardErrorLogs.Start(settings.Observability with { LogLevel = LogThreshold.Warning }, console.Error, TimeProvider.System);
}
