using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Simulator.DefectDojo.Answers;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Findings;

/// <summary>What is done to one finding: closing, notes, tags, duplicates.</summary>
internal static class FindingActions
{
    private static readonly char[] NotInTags = [' ', '"', '\''];

    public static void Map(DojoRoutes routes)
    {
        routes.Post("/findings/{id}/close", Close);
        routes.Get("/findings/{id}/notes", Notes);
        routes.Post("/findings/{id}/notes", AddNote);
        routes.Get("/findings/{id}/tags", static (instance, request) => Tags(instance.Findings.Require(request.Id)));
        routes.Post("/findings/{id}/tags", AddTags);
        routes.Patch("/findings/{id}/remove_tags", RemoveTags);
        routes.Post("/findings/{id}/original/{other}", Original);
        routes.Post("/findings/{id}/duplicate/reset", Reset);
    }

    private static DojoReply Close(Instance instance, DojoRequest request)
    {
        var finding = instance.Findings.Require(request.Id);
        if (!request.Body.TryGetProperty("is_mitigated", out _))
            throw DojoRefusal.Inside(500, "Internal server error, check logs for details");
        if (request.Body.TryGetProperty("note", out var note) && note.ValueKind == JsonValueKind.Null)
            throw DojoRefusal.BareField("note", "This field may not be null.");
        var type = NoteType.Asked(request.Body, finding);
        var (falsePositive, outOfScope) = (Said("false_p"), Said("out_of_scope"));
        FindingState.Mitigate(instance, finding);
        (finding["is_mitigated"], finding["false_p"], finding["out_of_scope"], finding["duplicate"]) = (Said("is_mitigated") || falsePositive || outOfScope, falsePositive, outOfScope, Said("duplicate"));
        (finding["under_review"], finding["reviewers"], finding["risk_accepted"], finding["last_reviewed_by"]) = (false, new JsonArray(), false, 1);
        finding.Touch(instance.Now, "last_reviewed", "updated");
        if (falsePositive || outOfScope)
            finding["verified"] = false;
        if (note.ValueKind == JsonValueKind.String && note.GetString() is { Length: > 0 } entry)
            instance.AddNote(finding, entry, type: type);
        return DojoReply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("is_mitigated", finding.Flag("is_mitigated"));
            json.WriteString("mitigated", finding.Text("mitigated"));
            json.WriteBoolean("false_p", falsePositive);
            json.WriteBoolean("out_of_scope", outOfScope);
            json.WriteBoolean("duplicate", finding.Flag("duplicate"));
            json.WriteNumber("mitigated_by", 1);
            if (type is null)
                json.WriteNull("note_type");
            else
                json.WriteNumber("note_type", type.Id);
            json.WriteEndObject();
        });

        bool Said(string flag) => request.Body.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;
    }

    private static DojoReply Notes(Instance instance, DojoRequest request)
    {
        var finding = instance.Findings.Require(request.Id);
        return DojoReply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("finding_id", finding.Id);
            json.WritePropertyName("notes");
            RowAnswer.Notes(json, finding);
            json.WriteEndObject();
        });
    }

    private static DojoReply AddNote(Instance instance, DojoRequest request)
    {
        var finding = instance.Findings.Require(request.Id);
        if (!request.Body.TryGetProperty("entry", out var entry) || entry.GetString() is not { Length: > 0 } text)
            throw DojoRefusal.BareField("entry", "This field is required.");
        var isPrivate = request.Body.TryGetProperty("private", out var hidden) && hidden.ValueKind == JsonValueKind.True;
        instance.AddNote(finding, text, isPrivate, NoteType.Asked(request.Body, finding));
        finding.Touch(instance.Now, "last_reviewed");
        finding["last_reviewed_by"] = 1;
        return DojoReply.Created(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("author");
            RowAnswer.Author(json);
            json.WriteNull("editor");
            json.WriteString("entry", text);
            json.WriteBoolean("private", isPrivate);
            json.WriteEndObject();
        });
    }

    private static DojoReply AddTags(Instance instance, DojoRequest request)
    {
        var finding = instance.Findings.Require(request.Id);
        var tags = Asked(request).SelectMany(tag => tag.Split(',')).Select(tag => tag.ToLowerInvariant()).ToList();
        if (tags.Find(tag => tag.IndexOfAny(NotInTags) >= 0) is { } bad)
            throw DojoRefusal.BareField("tags", $"Invalid tag: '{bad}'. Tags should not contain spaces, commas, or quotes.");
        finding.SetTags(finding.Tags.Concat(tags));
        FindingState.Save(instance, finding);
        return Tags(finding);
    }

    private static DojoReply RemoveTags(Instance instance, DojoRequest request)
    {
        var finding = instance.Findings.Require(request.Id);
        var tags = Asked(request);
        if (tags.Count == 0)
            throw DojoRefusal.Error("Empty Tag List Not Allowed");
        if (tags.Find(tag => !finding.Tags.Contains(tag)) is { } unknown)
            throw DojoRefusal.Error($"'{unknown}' is not a valid tag in list '['{string.Join("', '", finding.Tags)}']'");
        finding.SetTags(finding.Tags.Except(tags));
        FindingState.Save(instance, finding);
        return DojoReply.Nothing;
    }

    private static DojoReply Original(Instance instance, DojoRequest request)
    {
        var finding = instance.Findings.Require(request.Id);
        var original = instance.Findings.Require(request.Other);
        if (instance.ProductOfFinding(finding) != instance.ProductOfFinding(original))
            throw DojoRefusal.Detail(404, "No Finding matches the given query.");
        var isNew = !finding.Flag("duplicate") && !original.Flag("duplicate");
        (finding["duplicate"], finding["duplicate_finding"], original["duplicate"], original["duplicate_finding"]) = (true, original.Id, false, null);
        if (isNew)
            finding["active"] = false;
        finding.Touch(instance.Now, "last_reviewed", "updated");
        return DojoReply.Nothing;
    }

    private static DojoReply Reset(Instance instance, DojoRequest request)
    {
        var finding = instance.Findings.Require(request.Id);
        if (!finding.Flag("duplicate"))
            return new DojoReply(400, null);
        (finding["duplicate"], finding["duplicate_finding"], finding["active"]) = (false, null, true);
        return DojoReply.Nothing;
    }

    private static List<string> Asked(DojoRequest request)
        => request.Body.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)]
            : throw DojoRefusal.BareField("tags", "This field is required.");

    private static DojoReply Tags(Row finding) => DojoReply.Ok(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("tags");
        RowAnswer.Texts(json, finding.Tags);
        json.WriteEndObject();
    });
}
