using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Eset.Operations.Policies;

/// <summary>Which quarantined objects to count.</summary>
internal record CountQuarantine
{
    [JsonPropertyName("filter.fileName"), Description("End of the path."), StringLength(100)]
    public string? FileName { get; init; }

    [JsonPropertyName("filter.emailSender"), StringLength(100)]
    public string? EmailSender { get; init; }

    [JsonPropertyName("filter.emailRecipient"), StringLength(100)]
    public string? EmailRecipient { get; init; }

    [JsonPropertyName("filter.emailSubject"), Description("A part of it."), StringLength(100)]
    public string? EmailSubject { get; init; }

    [JsonPropertyName("filter.emailInternetMessageId"), StringLength(100)]
    public string? EmailInternetMessageId { get; init; }

    [JsonPropertyName("filter.objectOrigin"), ObjectOrigin]
    public string? ObjectOrigin { get; init; }

    [JsonPropertyName("filter.objectType"), QuarantinedType]
    public string? ObjectType { get; init; }

    [JsonPropertyName("filter.quarantineReason"), QuarantineReason]
    public string? QuarantineReason { get; init; }

    [JsonPropertyName("filter.quarantineTime.startTime"), Format(TextFormat.DateTime)]
    public string? StartTime { get; init; }

    [JsonPropertyName("filter.quarantineTime.endTime"), Format(TextFormat.DateTime)]
    public string? EndTime { get; init; }

    [JsonPropertyName("filter.userUuid"), Format(TextFormat.Uuid)]
    public string? UserUuid { get; init; }

    [JsonPropertyName("filter.cloudOfficeTenantUuid"), Format(TextFormat.Uuid)]
    public string? CloudOfficeTenantUuid { get; init; }

    [JsonPropertyName("filter.msSharepointRootSiteUuid"), Format(TextFormat.Uuid)]
    public string? MsSharepointRootSiteUuid { get; init; }

    [JsonPropertyName("filter.msTeamsTeamUuid"), Format(TextFormat.Uuid)]
    public string? MsTeamsTeamUuid { get; init; }
}

/// <summary>Which quarantined objects, in which order.</summary>
internal sealed record ListQuarantine(
    [StringLength(100)] string? OrderBy = null, [PageSize] long? PageSize = null, [PageToken] string? PageToken = null)
    : CountQuarantine;
