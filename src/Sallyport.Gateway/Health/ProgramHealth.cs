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
    /// <param name="circuits">The only tenant and the states of its circuits, which are shown to whoever is granted it; null shows none.</param>
    public static IEnumerable<HealthCheck> Each(IEnumerable<CatalogEntry> offered, ProgramFinder finder, (string Tenant, Func<CatalogEntry, CircuitState> Of)? circuits)
    {
        foreach (var entry in offered.Where(entry => entry.Tool.Program is not null))
        {
            var check = HealthCheck.Of($"tool_{entry.Tool.Alias ?? entry.Name}", HealthPriority.Informational, () => Look(entry, finder, circuits?.Of(entry)));
            yield return check with { Tenant = circuits?.Tenant, IsInstant = circuits is not null };
        }
    }

    private static HealthFinding Look(CatalogEntry entry, ProgramFinder finder, CircuitState? circuit)
    {
        var program = entry.Tool.Program!;
        var metadata = new JsonObject { ["tool"] = entry.Name, ["program"] = program.Name };
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
