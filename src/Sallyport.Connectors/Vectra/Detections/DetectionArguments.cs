using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>The words in which detection tools describe what they share.</summary>
internal static class Words
{
    public const string Category = "Only this category.";
    public const string Name = "Part of the detection's name, for example tunnel.";
    public const string State = "Only this state; null is every state.";
    public const string Source = "Only detections from this address.";
    public const string From = "Last seen at or after this time; UTC unless an offset is given.";
    public const string To = "Last seen at or before this time.";
    public const string KeyAsset = "true: only those against key assets; false: only the others; left out: all.";
    public const string Order = "A minus sign turns the direction around.";
    public const string Limit = "How many to return.";
}

/// <summary>Asks for detections in short, many at a time.</summary>
internal sealed record ListDetections(
    [Description(Words.Category), NullMatters, AllowedValues("command", "botnet", "lateral", "reconnaissance", "exfiltration", "info")] string? DetectionCategory = null,
    [Description(Words.Name), NullMatters, StringLength(256, MinimumLength = 1)] string? DetectionName = null,
    [Description(Words.State), NullMatters, AllowedValues("active", "inactive", "fixed", "filteredbyai", "filteredbyrule")] string? State = "active",
    [Description(Words.Source), NullMatters, Format(TextFormat.IpAddress)] string? SrcIp = null,
    [Description(Words.From), NullMatters, Format(TextFormat.DateTime)] string? StartDate = null,
    [Description(Words.To), NullMatters, Format(TextFormat.DateTime)] string? EndDate = null,
    [Description(Words.KeyAsset), NullMatters] bool? IsTargetingKeyAsset = null,
    [Description(Words.Order), AllowedValues("last_timestamp", "-last_timestamp", "created_datetime", "-created_datetime", "id", "-id")] string Ordering = "last_timestamp",
    [Description(Words.Limit), Range(1, 5000)] int Limit = 1000)
    : DetectionFilter(DetectionCategory, DetectionName, State, SrcIp, StartDate, EndDate, IsTargetingKeyAsset);

/// <summary>Asks for detections with everything known about them.</summary>
internal sealed record ListDetectionDetails(
    [Description(Words.Category), NullMatters, AllowedValues("command", "botnet", "lateral", "reconnaissance", "exfiltration", "info")] string? DetectionCategory = null,
    [Description(Words.Name), NullMatters, StringLength(256, MinimumLength = 1)] string? DetectionName = null,
    [Description(Words.State), NullMatters, AllowedValues("active", "inactive", "fixed", "filteredbyai", "filteredbyrule")] string? State = "active",
    [Description(Words.Source), NullMatters, Format(TextFormat.IpAddress)] string? SrcIp = null,
    [Description(Words.From), NullMatters, Format(TextFormat.DateTime)] string? StartDate = null,
    [Description(Words.To), NullMatters, Format(TextFormat.DateTime)] string? EndDate = null,
    [Description(Words.KeyAsset), NullMatters] bool? IsTargetingKeyAsset = null,
    [Description(Words.Order), AllowedValues("last_timestamp", "-last_timestamp", "created_datetime", "-created_datetime", "id", "-id")] string Ordering = "last_timestamp",
    [Description(Words.Limit), Range(1, 5000)] int Limit = 25,
    [Description("Members to leave out; grouped_details holds the single events and is by far the largest."), ItemCount(0, 48), UniqueItems]
    IReadOnlyList<DetectionField>? ExcludeFields = null)
    : DetectionFilter(DetectionCategory, DetectionName, State, SrcIp, StartDate, EndDate, IsTargetingKeyAsset);

/// <summary>Asks how many detections there are.</summary>
internal sealed record CountDetections(
    [Description(Words.Category), NullMatters, AllowedValues("command", "botnet", "lateral", "reconnaissance", "exfiltration", "info")] string? DetectionCategory = null,
    [Description(Words.Name), NullMatters, StringLength(256, MinimumLength = 1)] string? DetectionName = null,
    [Description(Words.State), NullMatters, AllowedValues("active", "inactive", "fixed", "filteredbyai", "filteredbyrule")] string? State = "active",
    [Description(Words.Source), NullMatters, Format(TextFormat.IpAddress)] string? SrcIp = null,
    [Description(Words.From), NullMatters, Format(TextFormat.DateTime)] string? StartDate = null,
    [Description(Words.To), NullMatters, Format(TextFormat.DateTime)] string? EndDate = null,
    [Description(Words.KeyAsset), NullMatters] bool? IsTargetingKeyAsset = null)
    : DetectionFilter(DetectionCategory, DetectionName, State, SrcIp, StartDate, EndDate, IsTargetingKeyAsset);

/// <summary>Names one detection.</summary>
internal sealed record DetectionRef([Description("Id of the detection."), Range(1, int.MaxValue)] long DetectionId);
