using Sallyport.Configuration.Sections;
using Sallyport.Core.Processes;
using Sallyport.Gateway.Health;
using Sallyport.Gateway.Tenancy;
using Sallyport.Hosting.Reload;

namespace Sallyport.Hosting.Operations;

/// <summary>Everything that says whether this gate is well, for the settings that hold.</summary>
internal sealed class HealthSetup(GatewayParts gateway, SettingsReload settings, string stateDirectory)
{
    private readonly SystemResources _resources = new(stateDirectory, gateway.Time);
    private readonly PlatformHealth _platforms = new(gateway.Connectors, gateway.Clients, gateway.Time);

    private HealthSettings Settings => settings.State.Loaded.Settings!.Health;

    public HealthWatch Watch() => new(
        Checks, () => new HealthOptions(Duration.Parse(Settings.CheckInterval), Duration.Parse(Settings.Timeout)), gateway.Events, gateway.Time);

    private List<HealthCheck> Checks()
    {
        var offer = gateway.Rules.Offer;
        var offered = offer.Catalog.Entries.Where(entry => !offer.Authorizer.IsSwitchedOff(entry.Tool)).ToList();
        List<HealthCheck> checks =
        [
            HealthCheck.Of("system_resources", HealthPriority.Critical, () => _resources.Look(new ResourceThresholds(Settings.CpuThreshold, Settings.MemoryThreshold, Settings.DiskThreshold))),
            HealthCheck.Of("audit", HealthPriority.Critical, Audit) with { IsInstant = true },
            .. gateway.Audit.Sinks.Select(sink => HealthCheck.Of($"audit_{sink.Name.Replace('-', '_')}", HealthPriority.Important, () => Receiver(sink.Name)) with { IsInstant = true }),
            HealthCheck.Of("process_health", HealthPriority.Important, () => ProcessLook.Look(gateway.Time)),
            HealthCheck.Of("config", HealthPriority.Important, Config) with { IsInstant = true },
            .. CircuitHealth.Of(offer.Tenants.Tenants, gateway.Clients),
            .. _platforms.Of(offer.Tenants.Tenants),
            HealthCheck.Of("tool_availability", HealthPriority.Informational, () => ProgramHealth.Tools(offered, ProgramFinder.System)),
            .. ProgramHealth.Each(offered, ProgramFinder.System, ProgramVersions.System, OfOnly(offer.Tenants)),
        ];
        if (Settings.Dependencies is { Count: > 0 } programs)
            checks.Add(HealthCheck.Of("dependencies", HealthPriority.Informational, () => ProgramHealth.Dependencies(programs, ProgramFinder.System)));
        return checks;
    }

    /// <summary>With several tenants, each has a check of its own circuits: nobody is told about others.</summary>
    private ToolsOfTenant? OfOnly(TenantDirectory tenants) => tenants.Tenants is [var only]
        ? new ToolsOfTenant(
            only.Id,
            entry => gateway.Clients.Breakers.Where(known => known.Tenant == only.Id && known.Upstream == entry.Upstream).Select(known => known.Breaker.State).FirstOrDefault(),
            entry => entry.RunsFor(only)?.Privileges)
        : null;

    private HealthFinding Audit() => gateway.Audit.IsFailing
        ? HealthFinding.Broken("The audit cannot be written, so nothing runs.")
        : HealthFinding.Well("The audit is written.");

    /// <summary>As it is when somebody looks, not as it was when the check was made.</summary>
    private HealthFinding Receiver(string name) => gateway.Audit.Sinks.First(sink => sink.Name == name) is { IsHealthy: false } sink
        ? HealthFinding.Broken($"The receiver {sink.Problem}; {sink.WaitingBytes} bytes wait for it.")
        : HealthFinding.Well("The receiver takes records.");

    /// <summary>What is wrong is for administrators, at GET /config.</summary>
    private HealthFinding Config() => settings.State switch
    {
        { LastError: not null } => HealthFinding.Weak("The settings file was changed and has mistakes; the settings before still hold. GET /config says more."),
        { PendingRestart.Count: > 0 } => HealthFinding.Well("Some changed settings wait for the next start; GET /config says which."),
        _ => HealthFinding.Well("The settings hold as they were last read."),
    };
}
