namespace Sallyport.Simulator.DefectDojo.Reports;

/// <summary>One finding as a scanner's report tells it.</summary>
internal sealed record Reported(string Title, string Severity, string Description)
{
    public string? Mitigation { get; init; }

    public string? Impact { get; init; }

    public string? References { get; init; }

    public int? Cwe { get; init; }

    public string? VulnerabilityId { get; init; }

    public string? FilePath { get; init; }

    public int? Line { get; init; }

    public string? Component { get; init; }

    public string? ComponentVersion { get; init; }

    public string? Param { get; init; }

    public string? ToolId { get; init; }

    public bool? Active { get; init; }

    public bool? Verified { get; init; }

    public string? Request { get; init; }

    public string? Response { get; init; }
}
