using Sallyport.Configuration;
using Sallyport.Core;
using Sallyport.Core.Processes;

namespace Sallyport.Commands.Doctor;

/// <summary>Looks for the programs on this machine that tools need.</summary>
internal static class ProgramChecks
{
    public static IEnumerable<Finding> Of(SallyportSettings settings, IEnumerable<IConnector> connectors, ProgramFinder finder)
    {
        var needed = settings.Health.Dependencies ?? [];
        var tools = connectors.Where(connector => settings.Tenants.Values.Any(tenant => tenant.Connectors.ContainsKey(connector.Id)))
            .SelectMany(connector => connector.Tools)
            .Where(tool => tool.Program is not null)
            .GroupBy(tool => tool.Program!);
        foreach (var program in tools)
        {
            var found = finder.Find(program.Key.Name);
            var names = string.Join(", ", program.Select(tool => tool.Name));
            yield return found.Path is { } path
                ? new Finding("programs", program.Key.Name, Health.Well, $"found at {path}")
                : new Finding(
                    "programs", program.Key.Name, needed.Contains(program.Key.Name) ? Health.Broken : Health.Weak,
                    $"{found.Problem} Not offered without it: {names}.", $"Run: apt-get install {program.Key.Package}");
        }
    }
}
