namespace Sallyport.Simulator.DefectDojo.Reports;

/// <summary>Turns scanners' words for how bad something is into the platform's five.</summary>
internal static class Severities
{
    public static string Of(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "critical" => "Critical",
        "high" or "error" => "High",
        "medium" or "moderate" or "warning" => "Medium",
        "low" => "Low",
        _ => "Info",
    };
}
