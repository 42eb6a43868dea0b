using System.Text.Json.Serialization;
using Sallyport.Connectors.Eset.Execution;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Policies;

/// <summary>Mail and files that were taken out of circulation.</summary>
internal static class QuarantineManagement
{
    private const string Service = "quarantine-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_quarantine_list", "Quarantined mail and files with reason, sender, subject, path and hashes.",
            "GET /v1/quarantined-objects", static () => QuarantineJson.Default.ListQuarantine, Service) with
            { Alias = "quarantine_quarantined_objects__list_quarantined_objects", Rows = "objects" },
        RestTool.Read("eset_quarantine_count", "How many quarantined objects match a filter; ask before a purge.",
            "GET /v1/quarantined-objects/count", static () => QuarantineJson.Default.CountQuarantine, Service) with
            { Alias = "quarantine_quarantined_objects__get_quarantined_objects_count" },
        RestTool.Read("eset_quarantine_object_get", "One quarantined object in full.",
            "GET /v1/quarantined-objects/{objectUuid}", static () => QuarantineJson.Default.QuarantinedRef, Service) with
            { Alias = "quarantine_quarantined_objects__get_quarantined_object" },
        RestTool.Write("eset_quarantine_objects_delete", "Deletes quarantined objects for good, by uuid.",
            "POST /v1/quarantined-objects:batchDelete", static () => QuarantineJson.Default.QuarantinedObjectsRef, Service) with
            { Alias = "quarantine_quarantined_objects__batch_delete_quarantined_objects", IsDestructive = true, IsIdempotent = true },
        // Nothing changes upstream, but live malware leaves the quarantine.
        FileAnswer.Of(RestTool.Write("eset_quarantine_objects_download", "A ZIP of quarantined objects, by uuid, as a file. It holds live malware.",
            "POST /v1/quarantined-objects:batchDownload", static () => QuarantineJson.Default.QuarantinedObjectsRef, Service) with
            { Alias = "quarantine_quarantined_objects__batch_download_quarantined_objects", IsIdempotent = true }),
        RestTool.Write("eset_quarantine_objects_restore", "Puts quarantined objects back where they were, by uuid.",
            "POST /v1/quarantined-objects:batchRestore", static () => QuarantineJson.Default.RestoreObjects, Service) with
            { Alias = "quarantine_quarantined_objects__batch_restore_quarantined_objects", IsDestructive = true, IsIdempotent = true },
        FileAnswer.Of(RestTool.Write("eset_quarantine_matching_download", "A ZIP of all quarantined objects that match a filter, as a file. It holds live malware.",
            "POST /v1/quarantined-objects:download", static () => QuarantineJson.Default.MatchingObjects, Service) with
            { Alias = "quarantine_quarantined_objects__download_quarantined_objects", IsIdempotent = true }),
        RestTool.Write("eset_quarantine_matching_purge", "Deletes for good all quarantined objects that match a filter; without a filter, all.",
            "POST /v1/quarantined-objects:purge", static () => QuarantineJson.Default.MatchingObjects, Service) with
            { Alias = "quarantine_quarantined_objects__purge_quarantined_objects", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_quarantine_matching_restore", "Puts back all quarantined objects that match a filter; without a filter, all.",
            "POST /v1/quarantined-objects:restore", static () => QuarantineJson.Default.RestoreMatching, Service) with
            { Alias = "quarantine_quarantined_objects__restore_quarantined_objects", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>Several quarantined objects.</summary>
internal sealed record QuarantinedObjectsRef([ItemCount(1)] IReadOnlyList<string> ObjectUuids);

/// <summary>One quarantined object.</summary>
internal sealed record QuarantinedRef([Format(TextFormat.Uuid)] string ObjectUuid);

/// <summary>Objects to put back.</summary>
internal sealed record RestoreObjects([ItemCount(1)] IReadOnlyList<string> ObjectUuids, bool? AddToExclusions = null);

/// <summary>All objects like this, but for some.</summary>
internal sealed record MatchingObjects(QuarantineFilter? Filter = null, IReadOnlyList<string>? ExcludedObjectUuids = null);

/// <summary>All objects like this, but for some, to put back.</summary>
internal sealed record RestoreMatching(
    QuarantineFilter? Filter = null, IReadOnlyList<string>? ExcludedObjectUuids = null, bool? AddToExclusions = null);

/// <summary>What a quarantined object must be like.</summary>
internal sealed record QuarantineFilter(
    string? FileName = null,
    string? EmailSender = null,
    string? EmailRecipient = null,
    string? EmailSubject = null,
    string? EmailInternetMessageId = null,
    [ObjectOrigin] string? ObjectOrigin = null,
    [QuarantinedType] string? ObjectType = null,
    [QuarantineReason] string? QuarantineReason = null,
    TimePeriod? QuarantineTime = null,
    string? UserUuid = null,
    string? CloudOfficeTenantUuid = null,
    string? MsSharepointRootSiteUuid = null,
    string? MsTeamsTeamUuid = null);

/// <summary>From a time on, before another.</summary>
internal sealed record TimePeriod([Format(TextFormat.DateTime)] string? StartTime = null, [Format(TextFormat.DateTime)] string? EndTime = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListQuarantine))]
[JsonSerializable(typeof(CountQuarantine))]
[JsonSerializable(typeof(QuarantinedRef))]
[JsonSerializable(typeof(QuarantinedObjectsRef))]
[JsonSerializable(typeof(RestoreObjects))]
[JsonSerializable(typeof(MatchingObjects))]
[JsonSerializable(typeof(RestoreMatching))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
