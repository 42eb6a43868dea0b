using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Tools;

namespace Sallyport.Core.Sources;

/// <summary>One sort of question that a platform answers for investigations, as a read that goes the same road as any tool.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Tool">The read itself. It is never listed: only investigations call it, and every such call is audited under its name.</param>
/// <param name="StandsFor">Tools of the same platform whose reading this is; whoever may not use all of them may not read here.</param>
public sealed record Source(SourceKind Kind, Tool Tool, IReadOnlyList<string> StandsFor)
{
    /// <summary>The sorts of indicator this platform can look for; of no use for other questions.</summary>
    public IReadOnlyList<ObservableKind> Observables { get; init; } = [];

    /// <summary>What kind of look at hosts this platform has when it has one; of no use for other questions.</summary>
    public Viewpoint? Looks { get; init; }

    public static Source Hosts<TClient>(
        string platform, IReadOnlyList<string> standsFor, Func<TClient, HostQuestion, ToolContext, CancellationToken, Task<Answer<SeenHost>>> ask)
        where TClient : class
        => Of(SourceKind.Hosts, platform, standsFor, static () => SourceJson.Default.HostQuestion, static () => SourceJson.Default.AnswerSeenHost, ask);

    public static Source Users<TClient>(
        string platform, IReadOnlyList<string> standsFor, Func<TClient, UserQuestion, ToolContext, CancellationToken, Task<Answer<SeenUser>>> ask)
        where TClient : class
        => Of(SourceKind.Users, platform, standsFor, static () => SourceJson.Default.UserQuestion, static () => SourceJson.Default.AnswerSeenUser, ask);

    public static Source Alerts<TClient>(
        string platform, IReadOnlyList<string> standsFor, Func<TClient, AlertQuestion, ToolContext, CancellationToken, Task<Answer<SeenAlert>>> ask)
        where TClient : class
        => Of(SourceKind.Alerts, platform, standsFor, static () => SourceJson.Default.AlertQuestion, static () => SourceJson.Default.AnswerSeenAlert, ask);

    public static Source Incidents<TClient>(
        string platform, IReadOnlyList<string> standsFor, Func<TClient, IncidentQuestion, ToolContext, CancellationToken, Task<Answer<SeenIncident>>> ask)
        where TClient : class
        => Of(SourceKind.Incidents, platform, standsFor, static () => SourceJson.Default.IncidentQuestion, static () => SourceJson.Default.AnswerSeenIncident, ask);

    public static Source Vulnerabilities<TClient>(
        string platform, IReadOnlyList<string> standsFor,
        Func<TClient, VulnerabilityQuestion, ToolContext, CancellationToken, Task<Answer<SeenVulnerability>>> ask)
        where TClient : class
        => Of(SourceKind.Vulnerabilities, platform, standsFor, static () => SourceJson.Default.VulnerabilityQuestion, static () => SourceJson.Default.AnswerSeenVulnerability, ask);

    public static Source Indicators<TClient>(
        string platform, IReadOnlyList<string> standsFor, Func<TClient, IndicatorQuestion, ToolContext, CancellationToken, Task<Answer<Sighting>>> ask)
        where TClient : class
        => Of(SourceKind.Indicators, platform, standsFor, static () => SourceJson.Default.IndicatorQuestion, static () => SourceJson.Default.AnswerSighting, ask);

    private static Source Of<TClient, TQuestion, TItem>(
        SourceKind kind, string platform, IReadOnlyList<string> standsFor, Func<JsonTypeInfo<TQuestion>> question, Func<JsonTypeInfo<Answer<TItem>>> answer,
        Func<TClient, TQuestion, ToolContext, CancellationToken, Task<Answer<TItem>>> ask)
        where TClient : class
    {
        var what = kind.ToString().ToLowerInvariant();
        return new Source(kind, Tool.Read($"{platform}_source_{what}", $"What this platform knows about {what}, for investigations.", question, answer, ask), standsFor);
    }
}
