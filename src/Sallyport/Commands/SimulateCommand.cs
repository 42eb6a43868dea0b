using System.CommandLine;
using System.Net;
using Sallyport.Configuration.Sections;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Commands;

/// <summary>Runs the simulated company alone, for trying connectors and scripts against it.</summary>
internal static class SimulateCommand
{
    public static Command Build()
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Loopback address and first port; each platform takes the next one. Port 0 takes free ones.",
            HelpName = "HOST:PORT",
            DefaultValueFactory = _ => "127.0.0.1:0",
        };
        var seed = new Option<int>("--seed") { Description = "The same seed tells the same story.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var devices = new Option<int>("--devices") { Description = "Size of the company, 25 to 50000.", HelpName = "N", DefaultValueFactory = _ => 400 };
        var faults = new Option<string[]>("--fault") { Description = $"What goes wrong, for a share of requests from 0 to 1: {string.Join(", ", FaultSwitch.Names)}.", HelpName = "NAME[:RATE]" };
        var command = new Command("simulate", "Runs the simulated platforms; prints one line of JSON with their addresses and credentials.") { listen, seed, devices, faults };
        command.SetAction((parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            if (Listen.TryParse(parse.GetValue(listen)!) is not { IsLoopback: true } at)
                return Task.FromResult(console.Fail("--listen must be a loopback address and a port.", "Write for example 127.0.0.1:0.", ExitCode.BadConfiguration));
            if (parse.GetValue(devices) is < 25 or > 50_000)
                return Task.FromResult(console.Fail("--devices must be from 25 to 50000.", "Leave it out for 400.", ExitCode.BadConfiguration));
            var switches = new List<FaultSwitch>();
            foreach (var text in parse.GetValue(faults) ?? [])
            {
                if (!FaultSwitch.TryParse(text, out var fault, out var error))
                    return Task.FromResult(console.Fail(error!, "See 'sallyport simulate --help'.", ExitCode.BadConfiguration));
                switches.Add(fault!);
            }

            var options = new SimulatorOptions
            {
                Seed = parse.GetValue(seed),
                Devices = parse.GetValue(devices),
                Faults = switches,
                Listen = new IPEndPoint(at.Address, at.Port),
            };
            return RunAsync(options, console, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(SimulatorOptions options, OperatorConsole console, CancellationToken cancellationToken)
    {
        await using var company = await SimulatedCompany.StartAsync(options, cancellationToken);
        console.Result(company.Describe());
        await console.Output.FlushAsync(cancellationToken);
        await Stopped.WaitAsync(cancellationToken);
        return ExitCode.Well;
    }
}
