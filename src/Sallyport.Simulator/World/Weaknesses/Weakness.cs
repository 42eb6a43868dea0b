namespace Sallyport.Simulator.World.Weaknesses;

/// <summary>A published vulnerability, with what public sources say about it.</summary>
/// <param name="Cwe">The CWE number.</param>
/// <param name="CvssVector">CVSS 3.1 vector.</param>
/// <param name="Epss">Probability of exploitation within 30 days, 0 to 1; near the published value, fixed here.</param>
/// <param name="IsKnownExploited">Whether it is in CISA's catalogue of known exploited vulnerabilities.</param>
public sealed record Vulnerability(
    string Cve, string Title, int Cwe, string CvssVector, double CvssScore, double Epss, double EpssPercentile, bool IsKnownExploited,
    string Component, string AffectedVersion, string FixedVersion);

/// <summary>Where the work on a weakness stands.</summary>
public enum WeaknessStatus
{
    Open, Verified, Mitigated, FalsePositive, RiskAccepted,
}

/// <summary>A vulnerability as it was found on one device.</summary>
public sealed record Weakness
{
    public required int Index { get; init; }

    public required Guid Id { get; init; }

    public required Vulnerability Vulnerability { get; init; }

    public required int DeviceIndex { get; init; }

    /// <summary>The port of the service that has it, when it is one.</summary>
    public int? Port { get; init; }

    public required DateTimeOffset FirstFound { get; init; }

    public required DateTimeOffset LastFound { get; init; }

    public required WeaknessStatus Status { get; init; }

    public required string Description { get; init; }

    public Detections.Severity Severity => Vulnerability.CvssScore switch
    {
        >= 9.0 => Detections.Severity.Critical,
        >= 7.0 => Detections.Severity.High,
        >= 4.0 => Detections.Severity.Medium,
        _ => Detections.Severity.Low,
    };
}
