using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Observability;
using Sallyport.Gateway.Shaping;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>A tool as this gate offers it: with its connector, and the schema that clients are shown.</summary>
public sealed record CatalogEntry(IConnector Connector, Tool Tool, JsonSchema Schema)
{
    public string Name => Tool.Name;

    /// <summary>The tenants whose settings define this tool; null when every tenant that has the platform has it.</summary>
    public IReadOnlySet<string>? DefinedBy { get; init; }

    /// <summary>For tools of the gate itself: what the handler works with, made for one call. Null takes the platform's client for the call's tenant.</summary>
    public Func<ToolCall, object>? ClientOf { get; init; }

    /// <summary>About the gate and no tenant's platform: needs no tenant, and its answers are the gate's own words.</summary>
    public bool IsAboutGate { get; init; }

    /// <summary>Carries another call, which takes the whole road under its own name.</summary>
    public bool IsRelay { get; init; }

    /// <summary>The question that this entry answers for investigations; such an entry is called by them only and never listed.</summary>
    public Source? Source { get; init; }

    /// <summary>The tools whose reading <see cref="Source"/> is: who may not use all of them may not read by this way either.</summary>
    public IReadOnlyList<CatalogEntry> StandsFor { get; init; } = [];

    /// <summary>What this tool asks on its caller's behalf; it is offered where at least one of them may be read.</summary>
    public IReadOnlyList<CatalogEntry> Sources { get; init; } = [];

    /// <summary>The group by which settings list or hide this tool, e.g. <c>vectra-detections</c>.</summary>
    public string Toolset { get; } = Tool.Toolset is { } toolset && toolset != Connector.Id ? $"{Connector.Id}-{toolset}" : Connector.Id;

    /// <summary>One of the tools that a long list leaves out until an operator asks for them.</summary>
    public bool IsQuiet { get; } = Tool.Toolset is { } named && Connector.QuietToolsets.Contains(named, StringComparer.Ordinal);

    public bool IsOfferedBy(Tenant tenant) => Sources.Count > 0 ? Sources.Any(source => source.IsOfferedBy(tenant)) : (ClientOf is not null || tenant.Has(Connector.Id)) && DefinedBy?.Contains(tenant.Id) != false;

    /// <summary>Whether it makes sense to show this tool to who has this tenant; a call is answered with the reason all the same.</summary>
    public bool IsUsableBy(Tenant tenant) => IsOfferedBy(tenant) && (!tenant.Has(Connector.Id) || Connector.CanUse(Tool, tenant.Connectors[Connector.Id]));

    /// <summary>How it runs for a tenant; null where it does not say, or the tenant does not have it.</summary>
    public ToolRuns? RunsFor(Tenant tenant) => tenant.Connectors.TryGetValue(Connector.Id, out var settings) ? Connector.RunsOf(Tool, settings) : null;

    /// <summary>Result members whose text a stranger may have written.</summary>
    public MemberSet Untrusted { get; } = MemberSet.Of(Tool.UntrustedMembers);

    /// <summary>Calls of it that are on their way.</summary>
    public RunningCount Running { get; } = new();

    /// <summary>What spans of its calls are called.</summary>
    public string SpanName { get; } = SpanOf(Tool.Name);

    /// <summary>What failures are counted under.</summary>
    public string Upstream => Tool.Upstream ?? Connector.Id;

    internal static string SpanOf(string tool) => $"tools/call {tool}";
}
