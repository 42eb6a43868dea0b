using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Connectors;
using Sallyport.Core.Observability;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting;
using Sallyport.Hosting.Logging;
using Sallyport.Hosting.Observing;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Tests.Canaries;

/// <summary>A whole gate as the program builds it, before simulated platforms with canaries in them, with everything that leaves it kept.</summary>
internal sealed class CanaryRange : IAsyncDisposable
{
    private static readonly string[] Addresses = ["simulatorUrl", "baseUrl", "url", "apiBase", "authorityHost"];

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-canary-").FullName;
    private readonly StringWriter _log = new();
    private readonly ConcurrentQueue<string> _traces = new();
    private readonly ConcurrentQueue<string> _results = new();
    private readonly CanaryReceivers _receivers = new();
    private readonly HurriedClock _clock = new();
    private ActivityListener _listener = null!;
    private Observers _observers = null!;
    private ILoggerFactory _logs = null!;
    private RunningGateway _gateway = null!;
    private bool _hasEnded;

    public SimulatedCompany Company { get; private set; } = null!;

    public Dictionary<string, CanaryProxy> Proxies { get; } = [];

    public IReadOnlyList<Tool> Tools => [.. _gateway.Parts.Rules.Offer.Catalog.Entries.Select(entry => entry.Tool)];

    /// <summary>Tools that ask a simulated platform, so that its faults are theirs.</summary>
    public IReadOnlyList<Tool> ToolsOfPlatforms
        => [.. _gateway.Parts.Rules.Offer.Catalog.Entries.Where(entry => Proxies.ContainsKey(entry.Connector.Id)).Select(entry => entry.Tool)];

    public int Calls => _results.Count;

    public static async Task<CanaryRange> StartAsync(LogFormat format, CancellationToken cancellationToken)
    {
        var range = new CanaryRange();
        await range._receivers.StartAsync(cancellationToken);
        range._observers = Observers.Start(new ObservabilitySettings(Otlp: range._receivers.Address, TracesPerSecond: 1_000_000), hasPage: true);
        range.Company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 25, OpenPorts = false, Time = range._clock }, cancellationToken);
        foreach (var platform in range.Company.Platforms)
            range.Proxies.Add(platform.Name, await CanaryProxy.StartAsync(platform.BaseUrl));
        range._listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => range._traces.Enqueue(
                $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))} {string.Join(' ', span.Events.Select(one => one.Name))}"),
        };
        ActivitySource.AddActivityListener(range._listener);
        range._logs = StandardErrorLogs.Start(new ObservabilitySettings(format, LogThreshold.Debug), TextWriter.Synchronized(range._log), TimeProvider.System);
        range._gateway = await GatewayBuilder.StartAsync(range.Settings(), BuiltInConnectors.All, range._logs, range._clock, cancellationToken);
        return range;
    }

    /// <summary>Switches a fault on, on every platform.</summary>
    public void Break(Fault fault)
    {
        foreach (var platform in Company.Platforms)
            platform.Faults.Set(fault);
    }

    public async Task CallAsync(Tool tool, CancellationToken cancellationToken)
    {
        var outcome = await _gateway.Parts.Pipeline.RunAsync(
            new ToolCallRequest(new Caller("canary-test", "admin", ["*"], "token"), tool.Name, CanaryArguments.For(tool)), cancellationToken);
        var json = outcome is ToolOutcome.Succeeded succeeded ? succeeded.Json : ErrorJson.ToUtf8(outcome);
        _results.Enqueue($"{tool.Name} {Encoding.UTF8.GetString(json.Span)}");
        foreach (var file in outcome is ToolOutcome.Succeeded { Attachments: var files } ? files : [])
            _results.Enqueue($"{tool.Name} {file.Uri} {Encoding.Latin1.GetString(file.Bytes.Span)}");
    }

    /// <summary>Everything that left the gate, by where it went. Ends the gate, so that nothing still waits to be written.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EverythingAsync()
    {
        var metrics = Encoding.UTF8.GetString(_observers.Page!.Render(static _ => true));
        await Soon.HoldsAsync(() => !_gateway.Parts.Audit.Sinks.Any(sink => sink is { Name: "https", WaitingBytes: > 0 }));
        await EndAsync();
        return new Dictionary<string, string>
        {
            ["syslog"] = _receivers.Told,
            ["collector"] = _receivers.Posted(CanaryReceivers.Audit),
            ["otlp"] = _receivers.Posted(CanaryReceivers.Traces),
            ["results"] = string.Join('\n', _results),
            ["logs"] = _log.ToString(),
            ["metrics"] = metrics,
            ["traces"] = string.Join('\n', _traces),
            ["audit"] = string.Join('\n', Directory.GetFiles(_folder, "*.jsonl*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(File.ReadAllText)),
        };
    }

    /// <summary>Every credential that an operator entered for a platform, and every token that was sent to one.</summary>
    public IEnumerable<string> Credentials()
        => Company.Platforms.SelectMany(platform => platform.Credentials).Where(credential => IsSecret(credential.Key)).Select(credential => credential.Value)
            .Concat(Proxies.Values.SelectMany(proxy => proxy.Credentials.Keys)).Where(value => value.Length > 8).Distinct();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _listener.Dispose();
        foreach (var proxy in Proxies.Values)
            await proxy.DisposeAsync();
        await Company.DisposeAsync();
        await _receivers.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EndAsync()
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        await _gateway.DisposeAsync();
        _logs.Dispose();
        _observers.Dispose();
    }

    private static bool IsSecret(string name)
        => name.Contains("secret", StringComparison.OrdinalIgnoreCase) || name.Contains("password", StringComparison.OrdinalIgnoreCase) || name.Contains("key", StringComparison.OrdinalIgnoreCase);

    private SallyportSettings Settings()
    {
        List<CommandLineSetting> settings =
        [
            new("state.directory", _folder, "test"), new("allowLoopbackUpstream", "true", "test"), new("mode", "rw", "test"), new("audit.durability", "os", "test"),
            new("approvals.require", "never", "test"), new("circuitBreaker.failureThreshold", "100", "test"), new("limits.mutations", "100000/60s", "test"),
            new("tenants.canary.network.allowedTargets", "loopback", "test"), new("audit.syslog", _receivers.Syslog, "test"),
            new("audit.syslogRecords", "ocsf", "test"), new("audit.https", _receivers.Address + CanaryReceivers.Audit, "test"), new("audit.httpsBatchSize", "1000", "test"),
        ];
        foreach (var connector in BuiltInConnectors.All)
        {
            if (!Proxies.TryGetValue(connector.Id, out var proxy))
                continue;
            var known = connector.Settings.Schema.Root.Properties;
            var section = Company.Platforms.Single(platform => platform.Name == connector.Id).Credentials.Where(credential => known.ContainsKey(credential.Key)).ToDictionary();
            foreach (var address in Addresses.Where(known.ContainsKey))
                section[address] = proxy.Address.GetLeftPart(UriPartial.Authority);
            settings.AddRange(section.Select(setting => new CommandLineSetting($"tenants.canary.{connector.Id}.{setting.Key}", setting.Value, "test")));
        }

        var loaded = new SettingsSource(new SettingsInputs(BuiltInConnectors.All, new Dictionary<string, string>(), _folder) { CommandLine = settings }).Load();
        Assert.Empty(loaded.Problems.Select(problem => problem.ToString()));
        return loaded.Settings!;
    }
}
