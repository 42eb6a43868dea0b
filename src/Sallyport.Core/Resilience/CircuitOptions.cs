namespace Sallyport.Core.Resilience;

/// <summary>When an upstream that keeps failing is left alone, and for how long.</summary>
/// <param name="FailureThreshold">Failures in a row that open the circuit.</param>
/// <param name="Recovery">First waiting time; each failed probe makes it longer.</param>
public sealed record CircuitOptions(int FailureThreshold = 5, TimeSpan? Recovery = null)
{
    public double Multiplier { get; init; } = 1.5;

    public TimeSpan LongestRecovery { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Probes in a row that must succeed before the circuit closes.</summary>
    public int SuccessThreshold { get; init; } = 1;

    public TimeSpan FirstRecovery => Recovery ?? TimeSpan.FromSeconds(60);

    /// <summary>Never below the first.</summary>
    internal TimeSpan Longest => LongestRecovery > FirstRecovery ? LongestRecovery : FirstRecovery;
}
