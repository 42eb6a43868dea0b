using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Connectors.Network.Running;

/// <summary>What an operator says about the runs of one tool; what is left out is as the tool says itself.</summary>
internal sealed record RunLimits(
    [Description("Seconds a run may take."), Range(1, 300)] int? Seconds = null,
    [Description("Runs at a time."), Range(1, 10)] int? Concurrency = null);

/// <summary>A kind of short run beside scans, and how it is held while the operator says nothing.</summary>
/// <param name="Name">Its word in the settings and in messages.</param>
internal sealed record RunKind(string Name, TimeSpan Longest, int AtATime)
{
    public static readonly RunKind Dns = new("dns", TimeSpan.FromSeconds(30), 5);
    public static readonly RunKind Ping = new("ping", TimeSpan.FromSeconds(30), 5);
    public static readonly RunKind Traceroute = new("traceroute", TimeSpan.FromSeconds(60), 3);
    public static readonly RunKind Tls = new("tls", TimeSpan.FromSeconds(30), 5);

    /// <summary>The same kind as the operator wants it.</summary>
    public RunKind Within(RunLimits? limits) => this with
    {
        Longest = limits?.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Longest,
        AtATime = limits?.Concurrency ?? AtATime,
    };
}
