using System.Globalization;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Work;

/// <summary>Which of a caller's tools do which step of the work.</summary>
internal sealed class CallerSteps(ToolList list, IReadOnlyList<IConnector> connectors)
{
    private readonly Dictionary<string, CatalogEntry> _entries = list.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);

    public bool Has(PlannedStep step) => Entries(step).Any();

    /// <summary>The gate's own tools answer for every platform, also for those that have no such thing; this asks whether one has.</summary>
    public bool HasOnPlatform(PlannedStep step) => step.Steps.SelectMany(Entries).Any();

    public string Sentence(PlannedStep step)
        => string.Format(CultureInfo.InvariantCulture, step.Sentence, string.Join(", ", Entries(step).Select(list.NameOf)));

    public IEnumerable<string> CanonicalNames(PlannedStep step) => Entries(step).Select(entry => entry.Name);

    public IReadOnlyList<string> Changes(IReadOnlyList<WorkStep> steps) => [.. steps.SelectMany(Entries).Distinct().Select(list.NameOf)];

    /// <summary>How to reach the tools that are not listed; null when all are.</summary>
    public string? HowToCall(WorkPlan plan) => plan.Steps.SelectMany(Entries).Concat(plan.Changes.SelectMany(Entries)).All(list.Listed.Contains)
        ? null
        : $"Tools named here that are not in your list are described by {DiscoveryTools.Describe} and called by {DiscoveryTools.Call}.";

    private IEnumerable<CatalogEntry> Entries(PlannedStep step)
        => step.Own.Select(name => _entries.GetValueOrDefault(name)).OfType<CatalogEntry>().Concat(step.Steps.SelectMany(Entries)).Distinct();

    private IEnumerable<CatalogEntry> Entries(WorkStep step)
        => from connector in connectors
           from name in connector.Steps.GetValueOrDefault(step, [])
           let entry = _entries.GetValueOrDefault(name)
           where entry is not null
           select entry;
}
