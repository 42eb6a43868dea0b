using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Connectors.DefectDojo.Results;

/// <summary>A finding as it is after a change, with what the change did to it: the platform's own answers are incomplete or stale.</summary>
internal static class Changed
{
    private static readonly HashSet<string> Always = ["updated", "last_reviewed", "last_reviewed_by", "last_status_update", "notes", "context", "hash_code", "age"];

    public static JsonObject Of(JsonElement before, JsonElement after)
    {
        var (old, result) = (Projection.Of(before, Members.Finding), Projection.Of(after, Members.Finding));
        var changed = new JsonObject();
        foreach (var member in Members.Finding.Where(member => !Always.Contains(member)))
        {
            if (Text(old[member]) != Text(result[member]))
                changed[member] = new JsonArray(old[member]?.DeepClone(), result[member]?.DeepClone());
        }

        result["changed"] = changed;
        return result;
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "";
}
