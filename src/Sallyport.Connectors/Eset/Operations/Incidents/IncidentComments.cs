using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Incidents;

/// <summary>What analysts wrote about an incident.</summary>
internal static class IncidentComments
{
    private const string Service = "incident-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_incident_comments_list", "All comments on one incident.",
            "GET /v2/incidents/{incidentUuid}/comments", static () => IncidentCommentJson.Default.IncidentRef, Service) with
            { Alias = "incident_incident_comments__list_incident_comments", Rows = "comments" },
        RestTool.Write("eset_incident_comment_create", "Adds a comment to an incident and returns it.",
            "POST /v2/incidents/{incidentUuid}/comments", static () => IncidentCommentJson.Default.CreateIncidentComment, Service) with
            { Alias = "incident_incident_comments__create_incident_comment", AuditedText = ["comment"] },
        RestTool.Read("eset_incident_comment_get", "One comment on an incident.",
            "GET /v2/incidents/{incidentUuid}/comments/{commentUuid}", static () => IncidentCommentJson.Default.IncidentCommentRef, Service) with
            { Alias = "incident_incident_comments__get_incident_comment" },
        RestTool.Write("eset_incident_comment_delete", "Deletes a comment on an incident.",
            "DELETE /v2/incidents/{incidentUuid}/comments/{commentUuid}", static () => IncidentCommentJson.Default.IncidentCommentRef, Service) with
            { Alias = "incident_incident_comments__delete_incident_comment", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_incident_comment_update", "Replaces the text of a comment on an incident.",
            "POST /v2/incidents/{incidentUuid}/comments/{commentUuid}/text:update", static () => IncidentCommentJson.Default.UpdateIncidentComment, Service) with
            { Alias = "incident_incident_comments__update_incident_comment_text", IsDestructive = true, IsIdempotent = true, AuditedText = ["text"] },
    ];
}

/// <summary>A comment's words.</summary>
internal sealed record IncidentComment(string Text, string? IncidentUuid = null, string? Uuid = null);

/// <summary>An incident and a comment on it.</summary>
internal sealed record CreateIncidentComment([Format(TextFormat.Uuid)] string IncidentUuid, IncidentComment Comment);

/// <summary>One comment.</summary>
internal sealed record IncidentCommentRef([Format(TextFormat.Uuid)] string IncidentUuid, [Format(TextFormat.Uuid)] string CommentUuid);

/// <summary>A comment and its new words.</summary>
internal sealed record UpdateIncidentComment(
    [Format(TextFormat.Uuid)] string IncidentUuid, [Format(TextFormat.Uuid)] string CommentUuid, string Text);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IncidentRef))]
[JsonSerializable(typeof(CreateIncidentComment))]
[JsonSerializable(typeof(IncidentCommentRef))]
[JsonSerializable(typeof(UpdateIncidentComment))]
internal sealed partial class IncidentCommentJson : JsonSerializerContext;
