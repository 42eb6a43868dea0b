using System.Collections.Frozen;
using Sallyport.Core.Operating;
using Sallyport.Core.Prompts;
using Sallyport.Core.Scheduling;
using Sallyport.Core.Settings;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Core;

/// <summary>The code for one platform: what it offers, what an operator configures, and how to reach it for one tenant.</summary>
public interface IConnector
{
    /// <summary>The platform's word in tool names and settings, for example <c>vectra</c>.</summary>
    string Id { get; }

    string Title { get; }

    IReadOnlyList<Tool> Tools { get; }

    /// <summary>
    /// Toolsets that are needed least often while something is going on, such as administration. A gate with more tools than
    /// clients can bear does not list them unless its operator says so; they are found and called all the same.
    /// </summary>
    IReadOnlyList<string> QuietToolsets => [];

    /// <summary>Names of the reference server that are offered no more, each with a sentence that says why and what to use.</summary>
    IReadOnlyDictionary<string, string> RetiredAliases => FrozenDictionary<string, string>.Empty;

    /// <summary>Tools that only tenants with these settings have; their handlers are given that tenant's client like any other.</summary>
    IReadOnlyList<Tool> ToolsOf(object settings) => [];

    /// <summary>Whether a tenant with these settings can use the tool at all; what none of a caller's tenants can use is not listed.</summary>
    bool CanUse(Tool tool, object settings) => true;

    /// <summary>How a tool runs for a tenant with these settings; null where there is nothing to say beyond what every tool has.</summary>
    ToolRuns? RunsOf(Tool tool, object settings) => null;

    /// <summary>Calls that these settings want made by the clock.</summary>
    IReadOnlyList<ScheduledCall> SchedulesOf(object settings) => [];

    /// <summary>What this platform can say when one question goes to all platforms.</summary>
    IReadOnlyList<Source> Sources => [];

    IReadOnlyList<Prompt> Prompts => [];

    /// <summary>Canonical names of the tools that do a step of an analyst's work here, for prompts that span platforms.</summary>
    IReadOnlyDictionary<WorkStep, IReadOnlyList<string>> Steps => FrozenDictionary<WorkStep, IReadOnlyList<string>>.Empty;

    IReadOnlyList<ConnectorResource> Resources => [];

    /// <summary>What an operator can do about this platform from the command line.</summary>
    IReadOnlyList<OperatorCommand> Commands => [];

    /// <summary>The shape of this connector's section below a tenant.</summary>
    SettingsType Settings { get; }

    /// <summary>
    /// The changed settings as far as they may take effect while the gate runs: a written file alone must not allow more than a
    /// person started the gate with.
    /// </summary>
    /// <param name="pending">Told the settings below this section that wait for the next start.</param>
    object UntilRestart(object running, object changed, Action<string> pending) => changed;

    /// <summary>Translates the reference server's environment variables, so that its users only change the command.</summary>
    void ImportEnvironment(SettingsImport import)
    {
    }

    /// <summary>Told how each call of its tools ended, in whatever way; must be quick.</summary>
    void CallEnded(in EndedCall call)
    {
    }

    /// <summary>Makes the client for one tenant. Nothing is sent until a tool is called. Dispose it when the tenant goes.</summary>
    IAsyncDisposable Connect(object settings, UpstreamContext context);

    /// <summary>
    /// Whether clients work on after a call has been answered. The one made from a tenant's changed settings is then there before
    /// the one before it goes, so that it can take over.
    /// </summary>
    bool WorksBetweenCalls => false;

    /// <summary>Asks the platform whether it is there and knows us; throws <see cref="UpstreamException"/> when not.</summary>
    Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken);
}
