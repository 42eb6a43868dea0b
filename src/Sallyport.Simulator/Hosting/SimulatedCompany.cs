using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Simulator.DefectDojo;
using Sallyport.Simulator.Defender;
using Sallyport.Simulator.Eset;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting.Journal;
using Sallyport.Simulator.Hosting.Ports;
using Sallyport.Simulator.Vectra;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Hosting;

/// <summary>The whole range: every simulated platform on its own loopback port, telling the same story, until disposed of.</summary>
public sealed class SimulatedCompany : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _running = [];
    private readonly List<RunningPlatform> _platforms = [];

    private SimulatedCompany(Company world) => World = world;

    /// <summary>The story itself, with nothing hostile in it.</summary>
    public Company World { get; }

    public IReadOnlyList<RunningPlatform> Platforms => _platforms;

    /// <summary>What a port scan of loopback finds.</summary>
    public IReadOnlyList<RunningService> Services { get; private set; } = [];

    /// <summary>The certificate that HTTPS is served with, for clients to trust; null over HTTP.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>What can be turned on the Vectra simulator besides faults.</summary>
    public VectraControls Vectra => ((VectraPlatform)this[Platform.Vectra].Simulator).Controls;

    /// <summary>What can be turned on the Defender simulator besides faults.</summary>
    public DefenderControls Defender => ((DefenderPlatform)this[Platform.Defender].Simulator).Controls;

    /// <summary>What can be turned on the ESET simulator besides faults.</summary>
    public EsetControls Eset => ((EsetPlatform)this[Platform.Eset].Simulator).Controls;

    /// <summary>What can be turned on the DefectDojo simulator besides faults.</summary>
    public DefectDojoControls DefectDojo => ((DefectDojoPlatform)this[Platform.DefectDojo].Simulator).Controls;

    public RunningPlatform this[Platform platform]
        => _platforms.Find(running => running.Platform == platform) ?? throw new InvalidOperationException($"{platform} was not started.");

    public static async Task<SimulatedCompany> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        if (!IPAddress.IsLoopback(options.Listen.Address))
            throw new ArgumentException("The simulators listen on loopback addresses only.", nameof(options));
        var now = options.Time.GetUtcNow();
        var company = new SimulatedCompany(new(options.Seed, options.Devices, now));
        try
        {
            await company.OpenAsync(options, now, cancellationToken);
            return company;
        }
        catch
        {
            await company.DisposeAsync();
            throw;
        }
    }

    /// <summary>One line of JSON: the story's size and time, each platform's address and credentials, the open ports.</summary>
    public string Describe() => CompanyDescription.Write(this);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _running)
            await part.DisposeAsync();
        _running.Clear();
        Certificate?.Dispose();
    }

    private async Task OpenAsync(SimulatorOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (options.Https)
            Certificate = LoopbackCertificate.Make(now);
        if (options.OpenPorts)
        {
            var ports = OpenPorts.Start(World, options.Listen.Address, options.Time);
            _running.Add(ports);
            Services = ports.Services;
        }
        for (var i = 0; i < options.Platforms.Count; i++)
        {
            var (server, platform) = await StartAsync(options.Platforms[i], i, options, now, cancellationToken);
            _running.Add(server);
            _platforms.Add(platform);
        }
    }

    private async Task<(PlatformServer Server, RunningPlatform Platform)> StartAsync(
        Platform platform, int position, SimulatorOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var faults = new FaultPlan(options.Seed);
        foreach (var fault in options.Faults)
            faults.Set(fault.Fault, fault.Rate);
        var world = new Company(options.Seed, options.Devices, now, () => faults.RateOf(Fault.HostileText));
        var tokens = new TokenStore(options.Seed + (int)platform, options.Time);
        var context = new PlatformContext(world, options.Time, faults, tokens, new RequestJournal(), Services);
        var simulator = BuiltInPlatforms.Build(platform, context);
        var listen = options.Listen.Port == 0 ? options.Listen : new(options.Listen.Address, options.Listen.Port + position);
        var (server, baseUrl) = await PlatformServer.StartAsync(simulator, context, listen, Certificate, cancellationToken);
        return (server, new(platform, baseUrl, simulator, context));
    }
}
