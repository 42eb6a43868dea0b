using System.Globalization;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Verifying;
using Sallyport.Mcp.Client;
using Spectre.Console;

namespace Sallyport.Commands.Demo;

/// <summary>Plays an agent at the gate, over HTTP as any client would, and tells what happens at each step.</summary>
internal sealed class Tour(DemoCompany demo, Uri address, IAnsiConsole terminal)
{
    private int _number;
    private bool _isWell = true;

    /// <summary>True when everything went as the gate promises.</summary>
    public async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        terminal.WriteLine("Sallyport: one guarded gate between AI agents and your security platforms.");
        terminal.WriteLine($"A simulated company of {demo.Company.World.DeviceCount} devices; an agent meets its gate.");
        terminal.WriteLine();
        await using var agent = await GateClient.ConnectAsync(new Uri(address, "mcp"), demo.AgentToken, "tour", cancellationToken);
        var tools = await agent.ListAsync(cancellationToken);
        var script = new TourScript(demo, agent, tools);
        await StepAsync("lists its tools", () => Task.FromResult(script.List(agent.ProtocolVersion)));
        if (script.MustSearch)
            await StepAsync("looks for the tools that it needs", () => script.FindAsync(cancellationToken));
        await StepAsync("scans the company's web server with nmap", () => script.ScanAsync(cancellationToken));
        await StepAsync("reads what the platforms have seen", () => script.ReadAsync(cancellationToken));
        await StepAsync("asks all platforms about one host", () => script.ProfileAsync(cancellationToken));
        await StepAsync("tries a change where none is allowed", () => script.RefusedAsync(cancellationToken));
        await StepAsync("asks for a change that a person must agree to", () => script.HeldAsync(address, cancellationToken));
        await StepAsync("leaves a record that cannot be altered unseen", () => Task.FromResult(Audit(cancellationToken)));
        terminal.WriteLine();
        return _isWell;
    }

    private async Task StepAsync(string title, Func<Task<TourStep>> play)
    {
        _number++;
        TourStep step;
        try
        {
            step = terminal.Profile.Capabilities.Interactive
                ? await terminal.Status().StartAsync($"The agent {title} …", _ => play())
                : await play();
        }
        catch (Exception failure) when (failure is UpstreamException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            step = new TourStep(false, $"went wrong: {failure.Message}");
        }

        _isWell &= step.IsWell;
        terminal.Markup(step.IsWell ? "[green]✓[/] " : "[red]✗[/] ");
        terminal.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{_number}. The agent {title}[/]");
        foreach (var line in step.Says.Split('\n'))
            terminal.WriteLine($"     {line}");
    }

    private TourStep Audit(CancellationToken cancellationToken)
    {
        var found = AuditVerifier.Verify([demo.AuditFile], [AuditKey.Parse(demo.AuditKey)], [], cancellationToken);
        return found.FirstBad is { } bad
            ? new TourStep(false, bad.Sentence)
            : new TourStep(true, $"{found.Records} records, each sealed to the one before it; 'sallyport audit verify' checks them.");
    }
}

/// <summary>How one step of the tour went, in a sentence or two.</summary>
internal sealed record TourStep(bool IsWell, string Says);
