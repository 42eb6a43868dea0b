using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Health;
using Sallyport.Gateway.Observability;
using Sallyport.Gateway.Operating;
using Sallyport.Gateway.Scheduling;
using Sallyport.Hosting.Reload;

namespace Sallyport.Hosting.Operations;

/// <summary>What keeps a serving gate in order: its health, changed settings, tools that are switched off, calls by the clock.</summary>
internal sealed partial class GateOperations : IDisposable
{
    private const string Operator = "operator";

    private readonly GatewayParts _gateway;
    private readonly HealthGauges _gauges;

    public GateOperations(RunningGateway gateway, SettingsSource source, LoadedSettings loaded)
    {
        _gateway = gateway.Parts;
        var settings = loaded.Settings!;
        var state = StateFolder.Of(settings);
        Transport = settings.Transport;
        Settings = new SettingsReload(source, loaded, gateway, _gateway.Logs.CreateLogger("Sallyport.Settings"));
        Switches = new SwitchedOffTools(state);
        var log = _gateway.Logs.CreateLogger("Sallyport.Circuits");
        _gateway.Clients.BreakerChanged += (tenant, upstream, from, to, reason) => LogCircuit(log, upstream, tenant, from, to, reason);
        Health = new HealthSetup(_gateway, Settings, state).Watch();
        _gauges = new HealthGauges(Health);
    }

    public TransportKind Transport { get; }

    public SettingsReload Settings { get; }

    public SwitchedOffTools Switches { get; }

    public HealthWatch Health { get; }

    /// <summary>Works in the background until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Off the way of whoever starts us: nothing here is needed to serve the first call.
        await Task.Yield();
        // Over standard input the signal means that the terminal is gone.
        using var signal = Transport == TransportKind.Http && !OperatingSystem.IsWindows() ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload) : null;
        await Task.WhenAll(
            Settings.State.Loaded.File is { } file
                ? new SettingsFileWatch(file, _gateway.Time).RunAsync(() => Settings.ReloadAsync("file", Operator, cancellationToken), cancellationToken)
                : Task.CompletedTask,
            // Nobody can ask about it over standard input.
            Transport == TransportKind.Http ? Health.RunAsync(cancellationToken) : Task.CompletedTask,
            Transport == TransportKind.Http ? new HeldCallWatch(_gateway.Approvals, _gateway.Events, _gateway.Time).RunAsync(cancellationToken) : Task.CompletedTask,
            CallByTheClockAsync(cancellationToken));

        void Reload(PosixSignalContext context)
        {
            context.Cancel = true;
            _ = Settings.ReloadAsync("signal", Operator, cancellationToken);
        }
    }

    public void Dispose()
    {
        _gauges.Dispose();
        Settings.Dispose();
    }

    /// <summary>Plans anew whenever the settings change; a call that runs then is not cut off.</summary>
    private async Task CallByTheClockAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var changed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _gateway.Changed += Cancel;
            try
            {
                await new ScheduledCalls(_gateway.Pipeline, _gateway.Tenants, _gateway.Connectors, _gateway.Logs.CreateLogger("Sallyport.Schedules"), _gateway.Time)
                    .RunAsync(changed.Token, cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, changed.Token);
            }
            catch (OperationCanceledException) when (changed.IsCancellationRequested)
            {
                // Other settings hold, or the gate stops.
            }
            finally
            {
                _gateway.Changed -= Cancel;
            }

            void Cancel()
            {
                try
                {
                    changed.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // This round is over already; the next one sees the change.
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventName = "circuit-changed", Message = "The circuit of {Upstream} for tenant {Tenant} went from {From} to {To}: {Reason}")]
    private static partial void LogCircuit(ILogger log, string upstream, string tenant, CircuitState from, CircuitState to, string reason);
}
