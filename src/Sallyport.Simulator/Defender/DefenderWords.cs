using System.Globalization;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Defender;

/// <summary>The platform's words for what the story tells.</summary>
internal static class DefenderWords
{
    /// <summary>The older interface's word; there is nothing above high.</summary>
    public static string Severity(Severity severity) => severity == World.Detections.Severity.Critical ? "High" : severity.ToString();

    public static string Status(IncidentStatus status) => status == IncidentStatus.New ? "Active" : status.ToString();

    public static string AlertStatus(DetectionState state) => state switch
    {
        DetectionState.Active => "New",
        DetectionState.Inactive => "InProgress",
        _ => "Resolved",
    };

    public static string Source(Detection detection) => detection.Ref.Source switch
    {
        DetectionSource.Mail => "microsoftDefenderForOffice365",
        DetectionSource.Cloud => "microsoftDefenderForIdentity",
        _ => "microsoftDefenderForEndpoint",
    };

    /// <summary>Graph begins its words with a small letter.</summary>
    public static string Graph(string word) => word.Length == 0 ? word : char.ToLowerInvariant(word[0]) + word[1..];

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
