using System.Text.Json.Nodes;
using Sallyport.Core.Processes;
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
    public static IEnumerable<HealthCheck> Each(IEnumerable<CatalogEntry> offered, ProgramFinder finder)
        => from entry in offered
           where entry.Tool.Program is not null
           select HealthCheck.Of($"tool_{entry.Tool.Alias ?? entry.Name}", HealthPriority.Informational, () => Look(entry, finder));

    private static HealthFinding Look(CatalogEntry entry, ProgramFinder finder)
    {
        var found = finder.Find(entry.Tool.Program!.Name);
        var metadata = new JsonObject { ["tool"] = entry.Name, ["program"] = entry.Tool.Program.Name };
        return found.Path is null
            ? HealthFinding.Broken($"{entry.Tool.Program.Name} is missing; the package {entry.Tool.Program.Package} brings it.", metadata)
            : HealthFinding.Well($"{entry.Tool.Program.Name} is installed.", metadata);
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}
