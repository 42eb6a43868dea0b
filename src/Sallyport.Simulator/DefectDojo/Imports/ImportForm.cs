using System.Globalization;
using Sallyport.Simulator.DefectDojo.Findings;

namespace Sallyport.Simulator.DefectDojo.Imports;

/// <summary>The form of an import, read as the platform reads forms: an absent boolean is false, unless it says otherwise.</summary>
internal sealed class ImportForm(DojoRequest request)
{
    public string ScanType => Text("scan_type") ?? throw DojoRefusal.Field("scan_type", "This field is required.");

    public bool? Active => Said("active");

    public bool? Verified => Said("verified");

    public string MinimumSeverity => Text("minimum_severity") ?? "Info";

    public IReadOnlyList<string> Tags => request.Form!["tags"].Where(tag => tag is not null).SelectMany(tag => tag!.Split(',')).ToList();

    public string? Text(string name) => request.Form!.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    public int? Number(string name) => DojoRequest.Number(Text(name));

    public bool Flag(string name, bool absent = false) => Said(name) ?? absent;

    /// <summary>Whether a finding of this severity is kept.</summary>
    public bool Keeps(string severity) => Array.IndexOf(FindingRows.Severities, severity) <= Array.IndexOf(FindingRows.Severities, MinimumSeverity);

    public void Check(DateTimeOffset now)
    {
        if (Text("scan_date") is { } date && DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) > DateOnly.FromDateTime(now.UtcDateTime))
            throw DojoRefusal.Field("scan_date", "The scan_date cannot be in the future!");
        if (Text("environment") is { } environment && environment != "Development" && !Flag("auto_create_context"))
            throw DojoRefusal.Inside(400, $"['Environment named {environment} does not exist.']");
    }

    private bool? Said(string name) => Text(name)?.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };
}
