using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Network.Custom;
using Sallyport.Connectors.Network.Dns;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Reach;
using Sallyport.Connectors.Network.Running;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Connectors.Network.Tls;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network;

/// <summary>The network tools as one tenant may use them: its targets, its limits, its places for running programs.</summary>
internal sealed class NetworkClient : IAsyncDisposable
{
    /// <summary>A program that is told to end at its time may still say what it found.</summary>
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(5);

    private readonly NetworkSettings _settings;
    private readonly TargetResolver _resolver;
    private readonly OngoingWorks _works;
    private readonly OngoingWork _work;
    private readonly string _stateDirectory;
    private readonly TimeProvider _clock;
    private readonly NameLookups _lookups;
    private readonly Reachability _reachability;
    private readonly TlsInspector _tls;
    private readonly Programs _programs;
    private readonly FrozenDictionary<string, CustomTool> _customTools;
    private readonly FrozenDictionary<string, (RunKind Kind, Slots.SlotKind Places)> _kinds;

    /// <param name="works">What goes on for each tenant; this client joins that of its own.</param>
    public NetworkClient(NetworkSettings settings, UpstreamContext context, ProgramFinder programs, OngoingWorks works)
    {
        (_settings, _works, _stateDirectory, _clock) = (settings, works, context.StateDirectory, context.Time);
        var clock = context.Time;
        _work = works.Join(context.StateDirectory, clock);
        _work.Use(settings.Concurrency);
        var log = context.Loggers.CreateLogger<NetworkClient>();
        var rule = settings.Rule();
        var dns = new DnsClient(clock);
        Ipv4[] servers = [.. (settings.DnsServers ?? []).Select(Ipv4.Parse)];
        _resolver = new TargetResolver(rule, servers.Length > 0 ? NameLookups.Over(dns, servers) : TargetResolver.SystemLookupAsync, clock);
        _lookups = new NameLookups(rule, _resolver, servers, dns, settings.MaxArgumentBytes, clock, settings.AllowIntrusive);
        var scanPlaces = _work.PlacesFor("scan", settings.ScanConcurrency);
        var runner = new ProcessRunner(programs, clock);
        _programs = new Programs(programs, runner, settings.Limits);
        _customTools = (settings.CustomTools ?? []).Select(tool => new CustomTool(tool)).ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        RunKind[] kinds =
        [
            RunKind.Dns.Within(settings.Dns), RunKind.Ping.Within(settings.Ping), RunKind.Traceroute.Within(settings.Traceroute), RunKind.Tls.Within(settings.Tls),
            .. _customTools.Values.Select(tool => tool.Kind),
        ];
        _kinds = kinds.ToFrozenDictionary(kind => kind.Name, kind => (kind, _work.PlacesFor(kind.Name, kind.AtATime)), StringComparer.Ordinal);
        _reachability = new Reachability(_programs, _resolver);
        _tls = new TlsInspector(_resolver, clock);
        var scanner = new NmapScanner(
            programs, runner, new RawSockets(clock), new ScriptShelf(), rule,
            new ScanLimits(settings.AllowIntrusive, HasRawSockets: false, settings.MaxArgumentBytes), settings.Limits, clock);
        Jobs = new ScanJobs(scanner, scanPlaces, _work.Scans, new ScanJobFiles(Path.Combine(context.StateDirectory, "scans")), log, clock, context.OnWork);
        Jobs.StopWhere((plan, isRunning) => rule.Check(plan.Target) is TargetVerdict.Refused
            ? "The operator no longer allows this target; what was found until then is kept."
            : plan.IsIntrusive && !isRunning && !settings.AllowIntrusive ? "The operator no longer allows intrusive scans." : null);
        Scans = new Scans(scanner, _resolver, scanPlaces, Jobs, settings, log, clock);
    }

    public Scans Scans { get; }

    public ScanJobs Jobs { get; }

    public Task<LookUpResult> LookUpAsync(LookUpName arguments, ToolContext context, CancellationToken cancellationToken)
        => LookAsync(RunKind.Dns, (_, token) => _lookups.LookUpAsync(arguments, context, token), cancellationToken);

    public Task<PingResult> PingAsync(PingHost arguments, CancellationToken cancellationToken)
        => LookAsync(RunKind.Ping, (longest, token) => _reachability.PingAsync(arguments, longest, token), cancellationToken);

    public Task<TraceResult> TraceAsync(TraceRoute arguments, CancellationToken cancellationToken)
        => LookAsync(RunKind.Traceroute, (longest, token) => _reachability.TraceAsync(arguments, longest, token), cancellationToken);

    public Task<TlsResult> InspectAsync(InspectTls arguments, CancellationToken cancellationToken)
        => LookAsync(RunKind.Tls, (_, token) => _tls.InspectAsync(arguments, token), cancellationToken);

    public Task<CustomResult> RunCustomAsync(string name, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
        => _customTools.TryGetValue(name, out var tool)
            ? LookAsync(tool.Kind, (longest, token) => tool.RunAsync(arguments, _programs, _resolver, longest, token), cancellationToken)
            : throw new InvalidArgumentsException("This tenant has no such tool.");

    public ValueTask DisposeAsync() => _works.LeaveAsync(_stateDirectory);

    /// <summary>Runs something short in a place of its own, beside scans.</summary>
    /// <param name="look">Given how long it may take; what does not end by itself then is ended.</param>
    private async Task<T> LookAsync<T>(RunKind asked, Func<TimeSpan, CancellationToken, Task<T>> look, CancellationToken cancellationToken)
    {
        var (kind, places) = _kinds[asked.Name];
        var longest = TimeSpan.FromSeconds(Math.Min(kind.Longest.TotalSeconds, _settings.MaxSeconds));
        using var place = await places.EnterAsync(cancellationToken);
        using var timeout = new CancellationTokenSource(longest + TimeToFinish, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await look(longest, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(UpstreamFailure.Timeout, $"{kind.Name} did not end within {longest.TotalSeconds} seconds.");
        }
    }
}
