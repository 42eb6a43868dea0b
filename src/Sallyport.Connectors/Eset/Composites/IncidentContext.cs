using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.Eset.Operations.Incidents;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Composites;

/// <summary>An incident with what an analyst opens next: comments, detections, devices.</summary>
internal static class IncidentContext
{
    private const string Service = "incident-management";

    /// <summary>Detections and devices that are fetched; the incident itself names them all.</summary>
    private const int Most = 10;

    public static async Task<ToolContent> RunAsync(EsetClient eset, IncidentRef args, ToolContext context, CancellationToken cancellationToken)
    {
        using var parts = new Parts(eset, context);
        var path = $"/v2/incidents/{args.IncidentUuid}";
        var answer = await parts.GetAsync(Service, path, cancellationToken);
        var incident = answer.TryGetProperty("incident", out var inner) ? inner : answer;
        context.NoteRead("incident", args.IncidentUuid);
        var detections = Ids(incident, "detectionUuids");
        var devices = Ids(incident, "deviceUuids");
        var result = new JsonObject { ["incident"] = Parts.Node(incident) };
        await Parts.AddAsync(result,
        [
            ("comments", async token => Parts.Node(await parts.GetAsync(Service, $"{path}/comments", token))),
            ("detections", token => parts.EachAsync(Service, "/v2/detections", [.. detections.Take(Most)], token)),
            ("devices", token => parts.EachAsync("device-management", "/v1/devices", [.. devices.Take(Most)], token)),
        ], cancellationToken);
        result["truncated"] = new JsonObject { ["detections"] = detections.Count > Most, ["devices"] = devices.Count > Most };
        return Parts.Content(result);
    }

    private static List<string> Ids(JsonElement incident, string member)
        => incident.TryGetProperty(member, out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(id => id.GetString()).OfType<string>().Where(id => id.Length > 0)]
            : [];
}
