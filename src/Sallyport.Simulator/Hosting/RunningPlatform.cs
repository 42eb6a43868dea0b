using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting.Journal;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Hosting;

/// <summary>A simulated platform that listens: where, how to sign in, what goes wrong on it, what reached it.</summary>
public sealed class RunningPlatform
{
    private readonly PlatformContext _context;

    internal RunningPlatform(Platform platform, Uri baseUrl, ISimulatedPlatform simulator, PlatformContext context)
    {
        Platform = platform;
        BaseUrl = baseUrl;
        Simulator = simulator;
        _context = context;
    }

    public Platform Platform { get; }

    /// <summary>Its name in settings and output: vectra.</summary>
    public string Name => BuiltInPlatforms.NameOf(Platform);

    public Uri BaseUrl { get; }

    /// <summary>What an operator would enter, by the name printed at start.</summary>
    public IReadOnlyDictionary<string, string> Credentials => Simulator.Credentials;

    public FaultPlan Faults => _context.Faults;

    public RequestJournal Journal => _context.Journal;

    public TokenStore Tokens => _context.Tokens;

    /// <summary>The story as this platform's faults colour it.</summary>
    public Company World => _context.World;

    internal ISimulatedPlatform Simulator { get; }
}
