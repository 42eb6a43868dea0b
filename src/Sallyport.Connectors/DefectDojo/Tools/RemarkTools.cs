using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Connectors.DefectDojo.Arguments;
using Sallyport.Connectors.DefectDojo.Detection;
using Sallyport.Connectors.DefectDojo.Results;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Tools;

/// <summary>Notes and tags on findings.</summary>
internal static class RemarkTools
{
    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Document<DefectDojoClient, AddNote>(
            ToolAccess.Write, "defectdojo_finding_note_add", "Adds a note to one DefectDojo finding, private to the platform's users when asked. A linked Jira issue gets it as a comment.",
            static () => DefectDojoJson.Default.AddNote, NoteAsync) with
        {
            Alias = "add_finding_note", Title = "Add finding note", Permission = ToolPermission.Findings, UntrustedMembers = Members.Untrusted, Toolset = "remarks",
        },
        Tool.Document<DefectDojoClient, ChangeTags>(
            ToolAccess.Write, "defectdojo_finding_tags_add", "Adds tags to one DefectDojo finding and answers with all it then has.", static () => DefectDojoJson.Default.ChangeTags,
            AddTagsAsync) with
        {
            Alias = "add_finding_tags", Title = "Add finding tags", Permission = ToolPermission.Findings, IsIdempotent = true, UntrustedMembers = Members.Untrusted, Toolset = "remarks",
        },
        Tool.Document<DefectDojoClient, ChangeTags>(
            ToolAccess.Write, "defectdojo_finding_tags_remove", "Removes tags from one DefectDojo finding; tags it does not have are left out and named.", static () => DefectDojoJson.Default.ChangeTags,
            RemoveTagsAsync) with
        {
            Alias = "remove_finding_tags", Title = "Remove finding tags", Permission = ToolPermission.Findings, IsDestructive = true, IsIdempotent = true,
            UntrustedMembers = Members.Untrusted, Toolset = "remarks",
        },
    ];

    private static async Task<ToolContent> NoteAsync(DefectDojoClient client, JsonElement args, ToolContext context, CancellationToken cancellationToken)
    {
        WriteCheck.Texts(client.Settings, args, context);
        var (id, entry, isPrivate) = (args.Member("finding_id")!.Value.GetInt32(), args.Text("entry")!, args.Is("private"));
        var body = new JsonObject { ["entry"] = entry, ["private"] = isPrivate };
        if (args.Member("note_type_id") is { } type)
            body["note_type"] = type.GetInt32();
        var answer = await client.PostAsync($"findings/{id}/notes/", body, $"finding {id}", cancellationToken);
        var author = answer.Text("author", "username");
        // The answer names no id; the newest note with this text and author is ours.
        var notes = await client.GetAsync($"findings/{id}/notes/", "", $"finding {id}", cancellationToken);
        var ours = notes.Items("notes").FirstOrDefault(note => note.Text("entry") == entry && note.Text("author", "username") == author);
        return DojoContent.Of(new JsonObject
        {
            ["finding_id"] = id,
            ["entry"] = entry,
            ["private"] = isPrivate,
            ["author"] = author,
            ["note_id"] = Projection.Copy(ours, "id"),
        }, context);
    }

    private static async Task<ToolContent> AddTagsAsync(DefectDojoClient client, JsonElement args, ToolContext context, CancellationToken cancellationToken)
    {
        var (id, asked, before) = await StartAsync(client, args, context, cancellationToken);
        var missing = asked.Except(before).ToList();
        if (missing.Count > 0)
            await client.PostAsync($"findings/{id}/tags/", new JsonObject { ["tags"] = DojoBody.Texts(missing) }, $"finding {id}", cancellationToken);
        return await EndAsync(client, id, "added", missing, asked.Except(missing), context, cancellationToken);
    }

    private static async Task<ToolContent> RemoveTagsAsync(DefectDojoClient client, JsonElement args, ToolContext context, CancellationToken cancellationToken)
    {
        var (id, asked, before) = await StartAsync(client, args, context, cancellationToken);
        // One unknown tag makes the platform refuse all of them, and it minds their case.
        var present = before.Where(tag => asked.Contains(tag.ToLowerInvariant())).ToList();
        if (present.Count > 0)
        {
            await client.WriteAsync(
                HttpMethod.Patch, $"findings/{id}/remove_tags/", DojoBody.Content(new JsonObject { ["tags"] = DojoBody.Texts(present) }), $"finding {id}", timeout: null, cancellationToken);
        }

        return await EndAsync(client, id, "removed", present, asked.Except(present.Select(tag => tag.ToLowerInvariant())), context, cancellationToken);
    }

    private static async Task<(int Id, IReadOnlyList<string> Asked, IReadOnlyList<string> Before)> StartAsync(DefectDojoClient client, JsonElement args, ToolContext context, CancellationToken cancellationToken)
    {
        WriteCheck.Texts(client.Settings, args, context);
        var (id, tags) = (args.Member("finding_id")!.Value.GetInt32(), WriteCheck.Tags(args));
        return (id, tags, (await client.FindingAsync(id, cancellationToken)).Texts("tags"));
    }

    private static async Task<ToolContent> EndAsync(
        DefectDojoClient client, int id, string verb, IEnumerable<string> done, IEnumerable<string> unchanged, ToolContext context, CancellationToken cancellationToken)
    {
        var after = await client.FindingAsync(id, cancellationToken);
        return DojoContent.Of(new JsonObject
        {
            ["finding_id"] = id,
            ["tags"] = DojoBody.Texts(after.Texts("tags")),
            [verb] = DojoBody.Texts(done),
            ["unchanged"] = DojoBody.Texts(unchanged),
        }, context);
    }
}
