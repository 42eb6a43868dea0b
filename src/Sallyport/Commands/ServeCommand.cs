using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Connectors;
using Sallyport.Gateway.Audit;
using Sallyport.Hosting;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Http.OAuth;
using Sallyport.Hosting.Logging;
using Sallyport.Hosting.Observing;
using Sallyport.Hosting.Operations;
using Sallyport.Hosting.Reload;

namespace Sallyport.Commands;

/// <summary>Serves MCP until the client leaves or the operator ends the program.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var file = OperatorSettings.FileOption();
        var transport = new Option<string?>("--transport") { Description = "stdio when nothing is said here or in the settings.", HelpName = "stdio|http" }.AcceptOnlyFromAmong("stdio", "http");
        var listen = new Option<string?>("--listen") { Description = "Address and port for HTTP; port 0 takes any free one.", HelpName = "HOST:PORT" };
        var command = new Command("serve", "Serves MCP over standard input and output, or over HTTP.") { file, transport, listen };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            // To say where to listen is to ask for HTTP.
            var chosen = parse.GetValue(transport) ?? (parse.GetValue(listen) is null ? null : "http");
            var source = OperatorSettings.Source(
                parse.GetValue(file),
                [.. OperatorSettings.When(chosen, "transport", "--transport"), .. OperatorSettings.When(parse.GetValue(listen), "http.listen", "--listen")]);
            if (OperatorSettings.Load(source, console) is not { Settings: { } settings } loaded)
                return ExitCode.BadConfiguration;
            return await ServeAsync(source, loaded, settings, console, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ServeAsync(SettingsSource source, LoadedSettings loaded, SallyportSettings settings, OperatorConsole console, CancellationToken cancellationToken)
    {
        using var observers = Observers.Start(settings.Observability, hasPage: settings.Transport == TransportKind.Http);
        var style = new LogStyle(settings.Observability);
        using var logs = OpenLogs(style, settings.Observability, console);
        if (logs is null)
            return ExitCode.BadConfiguration;
        var log = logs.CreateLogger("Sallyport");
        try
        {
            ServerLog.Starting(log, settings);
            await using var gateway = await GatewayBuilder.StartAsync(settings, BuiltInConnectors.All, logs, TimeProvider.System, cancellationToken);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var operations = new GateOperations(gateway, source, loaded);
            gateway.Parts.Operations = operations;
            operations.Settings.Applied += changed => style.Use(changed.Observability);
            var background = operations.RunAsync(stopping.Token);
            try
            {
                await ServeAsync(gateway.Parts, operations, settings, observers.Page, console, cancellationToken);
            }
            finally
            {
                await stopping.CancelAsync();
                await background;
            }

            if (cancellationToken.IsCancellationRequested)
                ServerLog.Interrupted(log);
            return ExitCode.Well;
        }
        catch (AuditUnavailableException unavailable)
        {
            ServerLog.StartupFailed(log, unavailable.GetType().Name);
            return console.Fail(unavailable.Message, "Nothing is served without an audit. Check audit.file and state.directory, and who may write there.", ExitCode.BadConfiguration);
        }
        catch (ListenException taken)
        {
            ServerLog.StartupFailed(log, taken.GetType().Name);
            return console.Fail(taken.Message, "Choose another address with --listen or http.listen, or end the program that is there.", ExitCode.BadConfiguration);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            ServerLog.Crashed(log, broken);
            throw;
        }
    }

    /// <summary>Null, and said why, when the log file cannot be written.</summary>
    private static ILoggerFactory? OpenLogs(LogStyle style, ObservabilitySettings settings, OperatorConsole console)
    {
        try
        {
            return StandardErrorLogs.Start(style, settings, console.Error, TimeProvider.System);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            console.Fail($"The log file cannot be opened: {closed.Message}", "Check observability.logFile, and who may write there.", ExitCode.BadConfiguration);
            return null;
        }
    }

    private static async Task ServeAsync(
        GatewayParts gateway, GateOperations operations, SallyportSettings settings, PrometheusPage? metrics, OperatorConsole console, CancellationToken cancellationToken)
    {
        if (settings.Transport == TransportKind.Stdio)
        {
            await StdioHost.RunAsync(gateway, HttpSetup.Stdio(settings), Duration.Parse(settings.Http.ShutdownGrace), cancellationToken);
            return;
        }

        using var oauth = OAuthDoor.Of(settings, gateway);
        var accounts = new RequestAccounts(gateway.Tenants.Tenants, gateway.Connectors);
        var options = HttpSetup.Of(settings, accounts, oauth) with { Metrics = metrics };
        var callers = new LiveCallers(options.FindCaller);
        operations.Settings.Applied += changed =>
        {
            callers.Use(HttpSetup.Of(changed, accounts, oauth).FindCaller);
            accounts.Use(gateway.Tenants.Tenants);
        };
        await HttpHost.RunAsync(gateway, options with { FindCaller = callers.FindAsync }, host =>
        {
            if (options.MetricsListen is not null)
                console.Note($"Serving metrics at {host.MetricsAddress}metrics");
            console.Note($"Serving MCP at {host.Address}mcp");
        }, cancellationToken);
    }
}
