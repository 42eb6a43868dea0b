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
    private const int LooksAtATime = 5;

    private readonly NetworkSettings _settings;
    private readonly TargetResolver _resolver;
    private readonly Slots _slots;
    private readonly Slots.SlotKind _scanSlots;
    private readonly Slots.SlotKind _lookSlots;
    private readonly NameLookups _lookups;
    private readonly Reachability _reachability;
    private readonly TlsInspector _tls;
    private readonly Programs _programs;
    private readonly FrozenDictionary<string, CustomTool> _customTools;

    public NetworkClient(NetworkSettings settings, UpstreamContext context, ProgramFinder programs)
    {
        _settings = settings;
        var clock = context.Time;
        var log = context.Loggers.CreateLogger<NetworkClient>();
        var rule = settings.Rule();
        var dns = new DnsClient(clock);
        Ipv4[] servers = [.. (settings.DnsServers ?? []).Select(Ipv4.Parse)];
        _resolver = new TargetResolver(rule, servers.Length > 0 ? NameLookups.Over(dns, servers) : TargetResolver.SystemLookupAsync, clock);
        _lookups = new NameLookups(rule, _resolver, servers, dns, settings.MaxArgumentBytes, clock, settings.AllowIntrusive);
        _slots = new Slots(settings.Concurrency, clock);
        _scanSlots = _slots.For("scan", settings.ScanConcurrency);
        _lookSlots = _slots.For("look-up", LooksAtATime);
        var limits = new ProcessLimits(
            settings.MaxMemoryMegabytes * 1024L * 1024, settings.MaxOpenFiles, OutputBytes: settings.MaxOutputBytes, ErrorBytes: settings.MaxErrorBytes);
        var runner = new ProcessRunner(programs, clock);
        _programs = new Programs(programs, runner, limits);
        _customTools = (settings.CustomTools ?? []).Select(tool => new CustomTool(tool)).ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        _reachability = new Reachability(_programs, _resolver);
        _tls = new TlsInspector(_resolver, clock);
        var scanner = new NmapScanner(
            programs, runner, new RawSockets(clock), new ScriptShelf(), rule,
            new ScanLimits(settings.AllowIntrusive, HasRawSockets: false, settings.MaxArgumentBytes), limits, clock);
        Jobs = new ScanJobs(scanner, _scanSlots, new ScanJobFiles(Path.Combine(context.StateDirectory, "scans")), log, clock);
        Scans = new Scans(scanner, _resolver, _scanSlots, Jobs, settings, log, clock);
    }

    public Scans Scans { get; }

    public ScanJobs Jobs { get; }

    public Task<LookUpResult> LookUpAsync(LookUpName arguments, ToolContext context, CancellationToken cancellationToken)
        => LookAsync(() => _lookups.LookUpAsync(arguments, context, cancellationToken), cancellationToken);

    public Task<PingResult> PingAsync(PingHost arguments, CancellationToken cancellationToken)
        => LookAsync(() => _reachability.PingAsync(arguments, cancellationToken), cancellationToken);

    public Task<TraceResult> TraceAsync(TraceRoute arguments, CancellationToken cancellationToken)
        => LookAsync(() => _reachability.TraceAsync(arguments, cancellationToken), cancellationToken);

    public Task<TlsResult> InspectAsync(InspectTls arguments, CancellationToken cancellationToken)
        => LookAsync(() => _tls.InspectAsync(arguments, cancellationToken), cancellationToken);

    public Task<CustomResult> RunCustomAsync(string name, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
        => _customTools.TryGetValue(name, out var tool)
            ? LookAsync(() => tool.RunAsync(arguments, _programs, _resolver, TimeSpan.FromSeconds(_settings.MaxSeconds), cancellationToken), cancellationToken)
            : throw new InvalidArgumentsException("This tenant has no such tool.");

    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        _lookSlots.Dispose();
        _scanSlots.Dispose();
        _slots.Dispose();
    }

    /// <summary>Runs something short in a place of its own, beside scans.</summary>
    private async Task<T> LookAsync<T>(Func<Task<T>> look, CancellationToken cancellationToken)
    {
        using var place = await _lookSlots.EnterAsync(cancellationToken);
        return await look();
    }
}
