using System.Text.Json.Nodes;
using Sallyport.Core.Processes;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Health;

/// <summary>Whether the programs are there that tools and the operator count on.</summary>
public static class ProgramHealth
{
    /// <summary>Programs that the operator named in <c>health.dependencies</c>.</summary>
    public static HealthFinding Dependencies(IReadOnlyList<string> names, ProgramFinder finder)
    {
        var missing = names.Where(name => finder.Find(name).Path is null).ToList();
        var metadata = new JsonObject { ["total"] = names.Count, ["available"] = names.Count - missing.Count, ["missing"] = Names(missing) };
        return missing.Count == 0
            ? HealthFinding.Well("Every named program is installed.", metadata)
            : new HealthFinding(missing.Count == names.Count ? HealthStatus.Unhealthy : HealthStatus.Degraded, $"Not installed: {string.Join(", ", missing)}.", metadata);
    }

    /// <summary>All tools that are offered; one whose program has gone since the start is not available.</summary>
    public static HealthFinding Tools(IReadOnlyList<CatalogEntry> offered, ProgramFinder finder)
    {
        var missing = offered.Where(entry => entry.Tool.Program is { } program && finder.Find(program.Name).Path is null).ToList();
        var metadata = new JsonObject
        {
            ["total_tools"] = offered.Count,
            ["available_tools"] = offered.Count - missing.Count,
            ["unavailable_tools"] = missing.Count,
            ["unavailable_details"] = new JsonArray([.. missing.Select(entry => (JsonNode)new JsonObject { ["tool"] = entry.Name, ["program"] = entry.Tool.Program!.Name })]),
        };
        if (missing.Count == 0)
            return HealthFinding.Well($"{offered.Count} tools are available.", metadata);
        return new HealthFinding(
            missing.Count == offered.Count ? HealthStatus.Unhealthy : HealthStatus.Degraded, $"{missing.Count} of {offered.Count} tools miss their program.", metadata);
    }

    /// <summary>One check for each tool that needs a program, under the name that scripts for the reference server know.</summary>
    /// <param name="only">What the tools do for the only tenant, shown to whoever is granted it; null shows none of that.</param>
    public static IEnumerable<HealthCheck> Each(IEnumerable<CatalogEntry> offered, ProgramFinder finder, ProgramVersions versions, ToolsOfTenant? only)
        => from entry in offered
           where entry.Tool.Program is not null
           select new HealthCheck($"tool_{entry.Tool.Alias ?? entry.Name}", HealthPriority.Informational, cancellationToken => LookAsync(entry, finder, versions, only, cancellationToken))
           {
               Tenant = only?.Tenant,
               IsInstant = only is not null,
           };

    private static async ValueTask<HealthFinding> LookAsync(
        CatalogEntry entry, ProgramFinder finder, ProgramVersions versions, ToolsOfTenant? only, CancellationToken cancellationToken)
    {
        var program = entry.Tool.Program!;
        var circuit = only?.CircuitOf(entry);
        var metadata = new JsonObject { ["tool"] = entry.Name, ["program"] = program.Name, ["version"] = await versions.OfAsync(program, cancellationToken) };
        if (only?.PrivilegesOf(entry) is { } privileges)
            metadata["privileges"] = Names(privileges);
        if (circuit is { } state)
            metadata["circuit_breaker"] = GateEvents.Word(state);
        if (finder.Find(program.Name).Path is null)
            return HealthFinding.Broken($"{program.Name} is missing; the package {program.Package} brings it.", metadata);
        return circuit == CircuitState.Open
            ? HealthFinding.Weak($"{program.Name} is installed, and left alone after failures.", metadata)
            : HealthFinding.Well($"{program.Name} is installed.", metadata);
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}

/// <summary>How the tools are for one tenant.</summary>
/// <param name="CircuitOf">Closed where nothing has been called.</param>
/// <param name="PrivilegesOf">What its program may do beyond any user's; null where a tool does not say.</param>
public sealed record ToolsOfTenant(string Tenant, Func<CatalogEntry, CircuitState> CircuitOf, Func<CatalogEntry, IReadOnlyList<string>?> PrivilegesOf);
