using Sallyport.Connectors.Network.Custom;
using Sallyport.Connectors.Network.Dns;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Reach;
using Sallyport.Connectors.Network.Running;
using Sallyport.Connectors.Network.Sources;
using Sallyport.Connectors.Network.Tls;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Prompts;
using Sallyport.Core.Scheduling;
using Sallyport.Core.Schemas;
using Sallyport.Core.Settings;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network;

/// <summary>Local programs that look at the network, held to private targets that an operator allows.</summary>
public sealed class NetworkConnector : IConnector
{
    private readonly ProgramFinder _programs;
    private readonly RawSockets _rawSockets = new(TimeProvider.System);
    private readonly OngoingWorks _works = new();

    public NetworkConnector()
        : this(ProgramFinder.System)
    {
    }

    internal NetworkConnector(ProgramFinder programs) => _programs = programs;

    public string Id => "network";

    public string Title => "Network tools";

    public IReadOnlyDictionary<WorkStep, IReadOnlyList<string>> Steps { get; } = new Dictionary<WorkStep, IReadOnlyList<string>>
    {
        [WorkStep.FindDevice] = ["net_dns_lookup"],
        [WorkStep.ProbeDevice] = ["net_ports_scan", "net_host_ping"],
    };

    public IReadOnlyList<Tool> Tools => field ??= [.. ScanTools.All, .. JobTools.All, .. DnsTools.All, .. ReachTools.All, .. TlsTools.All];

    public IReadOnlyList<Source> Sources => ScannedHosts.All;

    public SettingsType Settings => field ??= SettingsType.Of(static () => NetworkSettingsJson.Default.NetworkSettings, Check, new NetworkSettings());

    public IReadOnlyList<Tool> ToolsOf(object settings) => [.. (((NetworkSettings)settings).CustomTools ?? []).Select(tool => new CustomTool(tool).ToTool())];

    public ToolRuns? RunsOf(Tool tool, object settings) => new RunFacts(_programs, _rawSockets).Of(tool, (NetworkSettings)settings);

    public IReadOnlyList<ScheduledCall> SchedulesOf(object settings) => [.. (((NetworkSettings)settings).Schedules ?? []).Select(scan => scan.ToCall())];

    public object UntilRestart(object running, object changed, Action<string> pending)
    {
        var (was, next) = ((NetworkSettings)running, (NetworkSettings)changed);
        // Whoever may write the file cannot give themselves this permission either.
        var mayReload = was.AllowIntrusiveReload;
        if (next.AllowIntrusiveReload && !mayReload)
        {
            pending("allowIntrusiveReload");
            next = next with { AllowIntrusiveReload = false };
        }

        if (next.AllowIntrusive && !was.AllowIntrusive && !mayReload)
        {
            pending("allowIntrusive");
            next = next with { AllowIntrusive = false };
        }

        return next;
    }

    public bool WorksBetweenCalls => true;

    public void ImportEnvironment(SettingsImport import) => ReferenceVariables.Import(import);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => new NetworkClient((NetworkSettings)settings, context, _programs, _works);

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken)
    {
        string[] missing = [.. ((string[])["setsid", "prlimit", "nmap"]).Where(name => _programs.Find(name).Path is null)];
        return missing.Length == 0 ? Task.CompletedTask : throw new UpstreamException(
            UpstreamFailure.Unavailable, $"Not installed, or not safe to run: {string.Join(", ", missing)}.")
        {
            Hint = "Install the packages nmap and util-linux on the machine of this server.",
        };
    }

    private IEnumerable<SchemaError> Check(NetworkSettings settings) =>
    [
        .. NetworkSettings.Check(settings),
        .. ScheduledScan.Check(settings.Schedules ?? []),
        .. CustomToolChecks.Check(settings.CustomTools ?? [], _programs, name => Tools.Any(tool => tool.Name == name)),
    ];
}
