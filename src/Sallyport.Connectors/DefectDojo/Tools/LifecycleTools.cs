using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.DefectDojo.Access;
using Sallyport.Connectors.DefectDojo.Arguments;
using Sallyport.Connectors.DefectDojo.Detection;
using Sallyport.Connectors.DefectDojo.Results;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Tools;

/// <summary>Closing and reopening findings, as the platform really does it, proved by a read afterwards.</summary>
internal static class LifecycleTools
{
    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Document<DefectDojoClient, CloseFinding>(
            ToolAccess.Write, "defectdojo_finding_close",
            "Closes one DefectDojo finding as mitigated, false positive, out of scope or duplicate, and answers with the finding as it then is. Read it first; closing also ends a risk acceptance.",
            static () => DefectDojoJson.Default.CloseFinding, CloseAsync) with
        {
            Alias = "close_finding", Title = "Close finding", Permission = ToolPermission.Findings, IsDestructive = true, IsIdempotent = true, UntrustedMembers = Members.Untrusted,
            Toolset = "lifecycle",
        },
        Tool.Document<DefectDojoClient, ReopenFinding>(
            ToolAccess.Write, "defectdojo_finding_reopen",
            "Makes one closed DefectDojo finding active again and says so when the platform turned it back. Verification and reviewers are not restored.",
            static () => DefectDojoJson.Default.ReopenFinding, ReopenAsync) with
        {
            Alias = "reopen_finding", Title = "Reopen finding", Permission = ToolPermission.Engagements, UntrustedMembers = Members.Untrusted, Toolset = "lifecycle",
        },
    ];

    private static async Task<ToolContent> CloseAsync(DefectDojoClient client, JsonElement args, ToolContext context, CancellationToken cancellationToken)
    {
        WriteCheck.Texts(client.Settings, args, context);
        var (id, reason, note) = (args.Member("finding_id")!.Value.GetInt32(), args.Text("reason")!, args.Text("note"));
        var original = args.Member("duplicate_of")?.GetInt32();
        if (original is not null && reason != "duplicate")
            throw new InvalidArgumentsException("duplicate_of: only with reason duplicate");
        if (original == id)
            throw new InvalidArgumentsException("duplicate_of: must be another finding");
        var before = await client.FindingAsync(id, cancellationToken);
        if (!before.Is("active") && (before.Is("is_mitigated") || (original is not null && before.Is("duplicate"))))
            throw Conflict("is closed already");
        if (original is { } other)
            await LinkAsync(client, id, other, before, note, cancellationToken);
        else
            await CloseAsync(client, args, id, reason, before, cancellationToken);
        var after = await client.FindingAsync(id, cancellationToken);
        var result = Changed.Of(before, after);
        if (after.Is("active"))
            result["warning"] = "not_closed: DefectDojo took the change and the finding is still active.";
        return DojoContent.Of(result, context);
    }

    private static async Task CloseAsync(DefectDojoClient client, JsonElement args, int id, string reason, JsonElement before, CancellationToken cancellationToken)
    {
        // A verified duplicate is a state that blocks every later change.
        if (reason == "duplicate" && before.Is("verified"))
            await client.PatchFindingAsync(id, new JsonObject { ["verified"] = false }, cancellationToken);
        // Without is_mitigated the platform fails, and a flag that is left out is cleared: all are always sent.
        var body = new JsonObject
        {
            ["is_mitigated"] = true,
            ["false_p"] = reason == "false_positive",
            ["out_of_scope"] = reason == "out_of_scope",
            ["duplicate"] = reason == "duplicate",
        };
        if (args.Text("note") is { Length: > 0 } note)
            body["note"] = note;
        if (args.Member("note_type_id") is { } type)
            body["note_type"] = type.GetInt32();
        await client.PostAsync($"findings/{id}/close/", body, $"finding {id}", cancellationToken);
    }

    private static async Task LinkAsync(DefectDojoClient client, int id, int original, JsonElement before, string? note, CancellationToken cancellationToken)
    {
        // Asked before anything is changed: the platform links only within a product, and says so only at the end.
        if (ProductOf(await client.FindingAsync(original, cancellationToken)) != ProductOf(before))
            throw Conflict($"is in another product than finding {original}, to which it can therefore not be linked");
        if (before.Is("active") || before.Is("verified"))
            await client.PatchFindingAsync(id, new JsonObject { ["active"] = false, ["verified"] = false }, cancellationToken);
        await client.PostAsync($"findings/{id}/original/{original}/", [], $"finding {original} in the same product", cancellationToken);
        await client.NoteAsync(id, note, cancellationToken);
    }

    private static async Task<ToolContent> ReopenAsync(DefectDojoClient client, JsonElement args, ToolContext context, CancellationToken cancellationToken)
    {
        WriteCheck.Texts(client.Settings, args, context);
        var id = args.Member("finding_id")!.Value.GetInt32();
        var before = await client.FindingAsync(id, cancellationToken);
        if (before.Is("active"))
            throw Conflict("is active already");
        if (before.Is("risk_accepted") && !args.Is("clear_risk_acceptance"))
            throw Conflict("is risk accepted; clear_risk_acceptance ends that");
        if (before.Is("duplicate"))
            await client.PostAsync($"findings/{id}/duplicate/reset/", [], $"finding {id}", cancellationToken);
        var body = new JsonObject { ["active"] = true, ["is_mitigated"] = false, ["false_p"] = false, ["out_of_scope"] = false, ["duplicate"] = false };
        if (before.Is("risk_accepted"))
            body["risk_accepted"] = false;
        await client.PatchFindingAsync(id, body, cancellationToken);
        await client.NoteAsync(id, args.Text("note"), cancellationToken);
        var after = await client.FindingAsync(id, cancellationToken);
        var result = Changed.Of(before, after);
        // Deduplication runs on every save and does not show in the answer of the save.
        if (!after.Is("active") || after.Is("duplicate"))
            result["warning"] = "reverted_by_deduplication: DefectDojo found the finding to be a duplicate again and closed it.";
        return DojoContent.Of(result, context);
    }

    private static string? ProductOf(JsonElement finding)
        => finding.Member("related_fields")?.Member("test")?.Member("engagement")?.Member("product")?.Text("id");

    private static UpstreamException Conflict(string why) => new(UpstreamFailure.Conflict, $"The finding {why}; nothing was changed.") { Hint = "Read the finding again, then decide." };
}
