using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Incidents;

/// <summary>Incidents: detections that need a person, together.</summary>
internal static class IncidentRows
{
    private const string Service = "incident-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_incidents_list", "Incidents with severity, status, assignee and the uuids of their detections and devices.",
            "GET /v2/incidents", static () => IncidentJson.Default.ListIncidents, Service) with
            { Alias = "incident_incidents__list_incidents", Rows = "incidents" },
        RestTool.Read("eset_incident_get", "One incident. With its comments, detections and devices: eset_incident_context.",
            "GET /v2/incidents/{incidentUuid}", static () => IncidentJson.Default.IncidentRef, Service) with
            { Alias = "incident_incidents__get_incident" },
        RestTool.Write("eset_incident_update", "Changes an incident's name, description, severity or assignee and returns it.",
            "POST /v2/incidents/{incidentUuid}/basic-attributes:update", static () => IncidentJson.Default.UpdateIncident, Service) with
            { Alias = "incident_incidents__update_incident_basic_attributes", IsIdempotent = true, AuditedText = ["displayName", "description"] },
        RestTool.Write("eset_incident_close", "Closes an incident for a reason, with an optional last comment.",
            "POST /v2/incidents/{incidentUuid}:close", static () => IncidentJson.Default.CloseIncident, Service) with
            { Alias = "incident_incidents__close_incident", IsIdempotent = true, AuditedText = ["finalComment"] },
        RestTool.Write("eset_incident_reopen", "Opens a closed incident again, with an optional comment.",
            "POST /v2/incidents/{incidentUuid}:reopen", static () => IncidentJson.Default.ReopenIncident, Service) with
            { Alias = "incident_incidents__reopen_incident", IsIdempotent = true, AuditedText = ["comment"] },
    ];
}

/// <summary>Which incidents, in which order.</summary>
internal sealed record ListIncidents(
    [Description("CEL, for example: incident.create_time >= timestamp(\"2024-10-01T12:41:39+00:00\") or displayName.contains(\"abc\")"), StringLength(200)]
    string? Filter = null,
    [Description("Fields, for example: severity desc, display_name"), StringLength(100)] string? OrderBy = null,
    [Description("Default 50, at most 1000."), PageSize] long? PageSize = null,
    [Description("nextPageToken of the page before."), PageToken] string? PageToken = null);

/// <summary>One incident.</summary>
internal sealed record IncidentRef([Format(TextFormat.Uuid)] string IncidentUuid);

/// <summary>An incident and what changes about it.</summary>
internal sealed record UpdateIncident(
    [Format(TextFormat.Uuid)] string IncidentUuid,
    string? DisplayName = null,
    string? Description = null,
    [AllowedValues(
        "INCIDENT_SEVERITY_LEVEL_UNSPECIFIED", "INCIDENT_SEVERITY_LEVEL_LOW", "INCIDENT_SEVERITY_LEVEL_MEDIUM",
        "INCIDENT_SEVERITY_LEVEL_HIGH")]
    string? Severity = null,
    string? AssigneeUuid = null,
    [Description("Fields to change, by comma, for example: severity,assigneeUuid")] string? UpdateMask = null);

/// <summary>An incident that is closed.</summary>
internal sealed record CloseIncident(
    [Format(TextFormat.Uuid)] string IncidentUuid,
    [AllowedValues(
        "INCIDENT_RESOLVE_REASON_UNSPECIFIED", "INCIDENT_RESOLVE_REASON_TRUE_POSITIVE", "INCIDENT_RESOLVE_REASON_FALSE_POSITIVE",
        "INCIDENT_RESOLVE_REASON_SUSPICIOUS")]
    string ClosureReason,
    IncidentComment? FinalComment = null);

/// <summary>An incident that is opened again.</summary>
internal sealed record ReopenIncident([Format(TextFormat.Uuid)] string IncidentUuid, IncidentComment? Comment = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListIncidents))]
[JsonSerializable(typeof(IncidentRef))]
[JsonSerializable(typeof(UpdateIncident))]
[JsonSerializable(typeof(CloseIncident))]
[JsonSerializable(typeof(ReopenIncident))]
internal sealed partial class IncidentJson : JsonSerializerContext;
