using System.CommandLine;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Connectors;
using Sallyport.Hosting;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Logging;
using Sallyport.Hosting.Observing;
using Sallyport.Hosting.Operations;

namespace Sallyport.Commands.Demo;

/// <summary>A real gate in front of simulated platforms: plays a tour as an agent would see it, then keeps serving.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var listen = new Option<string>("--listen") { Description = "Where the gate serves.", HelpName = "HOST:PORT", DefaultValueFactory = _ => "127.0.0.1:8765" };
        var once = new Option<bool>("--once") { Description = "Leave after the tour." };
        var stdio = new Option<bool>("--stdio") { Description = "Serve an MCP client over standard input and output, without the tour." };
        var mode = new Option<string>("--mode") { Description = "Whether the tenant 'production' may be changed.", HelpName = "ro|rw", DefaultValueFactory = _ => "ro" }.AcceptOnlyFromAmong("ro", "rw");
        var catalog = new Option<string>("--catalog") { Description = "List every tool, or a few and a way to find the others.", HelpName = "full|lean", DefaultValueFactory = _ => "full" }.AcceptOnlyFromAmong("full", "lean");
        var command = new Command("demo", "Starts a simulated company and a gate in front of it, and shows what the gate does.") { listen, once, stdio, mode, catalog };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            await using var company = await DemoCompany.StartAsync(cancellationToken);
            var isStdio = parse.GetValue(stdio);
            var source = company.Settings(
                BuiltInConnectors.All, isStdio ? "stdio" : "http", parse.GetValue(listen)!, parse.GetValue(mode)!, parse.GetValue(catalog)!);
            var loaded = source.Load();
            if (loaded.Settings is not { } settings)
            {
                foreach (var problem in loaded.Problems)
                    console.Note($"error: {problem}");
                return ExitCode.BadConfiguration;
            }

            return isStdio
                ? await ServeStdioAsync(settings, console, cancellationToken)
                : await ServeHttpAsync(company, source, loaded, parse.GetValue(once), console, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ServeStdioAsync(SallyportSettings settings, OperatorConsole console, CancellationToken cancellationToken)
    {
        using var logs = StandardErrorLogs.Start(settings.Observability, console.Error, TimeProvider.System);
        await using var gateway = await GatewayBuilder.StartAsync(settings, BuiltInConnectors.All, logs, TimeProvider.System, cancellationToken);
        await StdioHost.RunAsync(gateway.Parts, HttpSetup.Stdio(settings), Duration.Parse(settings.Http.ShutdownGrace), cancellationToken);
        return ExitCode.Well;
    }

    private static async Task<int> ServeHttpAsync(
        DemoCompany company, SettingsSource source, LoadedSettings loaded, bool once, OperatorConsole console, CancellationToken cancellationToken)
    {
        var settings = loaded.Settings!;
        using var observers = Observers.Start(settings.Observability, hasPage: true);
        using var logs = StandardErrorLogs.Start(settings.Observability, console.Error, TimeProvider.System);
        await using var gateway = await GatewayBuilder.StartAsync(settings, BuiltInConnectors.All, logs, TimeProvider.System, cancellationToken);
        using var operations = new GateOperations(gateway, source, loaded);
        gateway.Parts.Operations = operations;
        await using var host = await StartAsync(gateway, settings, observers.Page, console, cancellationToken);
        if (host is null)
            return ExitCode.Problem;
        var isWell = await new Tour(company, host.Address, Terminal.Of(console.Output)).PlayAsync(cancellationToken);
        if (once)
            return isWell ? ExitCode.Well : ExitCode.Problem;
        ClientConfiguration.Print(host.Address, company.AgentToken, console);
        await Task.WhenAll(operations.RunAsync(cancellationToken), Stopped.WaitAsync(cancellationToken));
        return ExitCode.Well;
    }

    private static async Task<HttpHost?> StartAsync(
        RunningGateway gateway, SallyportSettings settings, PrometheusPage? metrics, OperatorConsole console, CancellationToken cancellationToken)
    {
        try
        {
            return await HttpHost.StartAsync(gateway.Parts, HttpSetup.Of(settings) with { Metrics = metrics }, cancellationToken);
        }
        catch (ListenException taken)
        {
            console.Fail(taken.Message, "Choose another with --listen 127.0.0.1:0.");
            return null;
        }
    }
}
