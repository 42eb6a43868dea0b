namespace Sallyport.Gateway.Health;

/// <summary>When health is looked at.</summary>
/// <param name="Interval">Between two rounds.</param>
/// <param name="Timeout">For one check.</param>
public sealed record HealthOptions(TimeSpan Interval, TimeSpan Timeout)
{
    /// <summary>An answer older than this is asked for again.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);

    /// <summary>No check outlives its round.</summary>
    internal TimeSpan Patience => Timeout < Interval * 0.9 ? Timeout : Interval * 0.9;
}
