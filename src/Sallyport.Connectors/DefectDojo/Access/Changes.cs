using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Connectors.DefectDojo.Access;

/// <summary>The changes that several tools are made of.</summary>
internal static class Changes
{
    public static Task<JsonElement> PatchFindingAsync(this DefectDojoClient client, int id, JsonObject body, CancellationToken cancellationToken)
        => client.WriteAsync(HttpMethod.Patch, $"findings/{id}/", DojoBody.Content(body), $"finding {id}", timeout: null, cancellationToken);

    public static Task<JsonElement> PostAsync(this DefectDojoClient client, string path, JsonObject body, string kind, CancellationToken cancellationToken)
        => client.WriteAsync(HttpMethod.Post, path, DojoBody.Content(body), kind, timeout: null, cancellationToken);

    /// <summary>Adds a public note, when there is one to add.</summary>
    public static async Task NoteAsync(this DefectDojoClient client, int id, string? note, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(note))
            await client.PostAsync($"findings/{id}/notes/", new JsonObject { ["entry"] = note, ["private"] = false }, $"finding {id}", cancellationToken);
    }

    public static bool Is(this JsonElement finding, string flag) => finding.Member(flag) is { ValueKind: JsonValueKind.True };
}
