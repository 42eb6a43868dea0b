using System.Text.Json;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>For each tool a call that says everything that can be said, with ids that the simulated company has.</summary>
internal sealed class EsetSamples(EsetRange range)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Ids of what is only kept, asked for by the lists that name them.</summary>
    public async Task<EsetSamples> LearnAsync()
    {
        var client = range.Connect();
        _ids["deviceUuid"] = range.World.Device(Cast.Victim).Id.ToString();
        _ids["userUuid"] = range.World.User(Cast.PhishedUser).Id.ToString();
        _ids["detectionUuid"] = range.World.Detection(DetectionSource.Endpoint, 0).Id.ToString();
        _ids["incidentUuid"] = range.World.Incident(Cast.Incident).Id.ToString();
        foreach (var (id, list) in new[]
        {
            ("groupUuid", "eset_device_groups_list"), ("taskUuid", "eset_tasks_list"), ("policyUuid", "eset_policies_list"), ("assignmentUuid", "eset_policy_assignments_list"),
            ("ruleUuid", "eset_edr_rules_list"), ("exclusionUuid", "eset_edr_exclusions_list"), ("installerUuid", "eset_installers_list"), ("executableUuid", "eset_executables_list"),
            ("objectUuid", "eset_quarantine_list"), ("detectionGroupUuid", "eset_detection_groups_list"),
        })
            _ids[id] = (await range.CallAsync(client, list, "{}")).EnumerateObject().First().Value[0].GetProperty("uuid").GetString()!;
        _ids["ipSetUuid"] = (await range.CallAsync(client, "eset_ip_sets_list", $$"""{"policyUuid":"{{_ids["policyUuid"]}}"}""")).GetProperty("ipSets")[0].GetProperty("uuid").GetString()!;
        _ids["addressRuleUuid"] = (await range.CallAsync(client, "eset_web_address_rules_list", $$"""{"policyUuid":"{{_ids["policyUuid"]}}"}""")).GetProperty("addressRuleUuids")[0].GetString()!;
        _ids["commentUuid"] = (await range.CallAsync(client, "eset_incident_comment_create", $$$"""{"incidentUuid":"{{{_ids["incidentUuid"]}}}","comment":{"text":"seen"}}""")).GetProperty("comment").GetProperty("uuid").GetString()!;
        _ids["roleName"] = "security.viewer";
        _ids["detectionUuids"] = _ids["detectionUuid"];
        _ids["usersUuids"] = _ids["userUuid"];
        _ids["devicesUuids"] = _ids["deviceUuids"] = _ids["deviceUuid"];
        _ids["objectUuids"] = _ids["objectUuid"];
        _ids["subjectReference"] = range.World.User(Cast.Administrator).Id.ToString();
        return this;
    }

    public string Arguments(Tool tool) => Write(tool.Input.Root, "");

    /// <summary>An object whose members are not listed: none at all, ones of a kind, or whatever a typed message holds.</summary>
    private string Open(SchemaNode? each) => each switch
    {
        null => "{}",
        { Properties.Count: > 0 } => $$"""{"antivirus.enabled":{{Write(each, "")}}}""",
        _ => """{"@type":"type.example/x","deep":{"level":[1]}}""",
    };

    private string Write(SchemaNode node, string name)
    {
        if (node.Enum is { } words)
            return words[^1];
        if (node.Kinds.HasFlag(SchemaKind.Object))
            return node.Properties.Count == 0 ? Open(node.Unlisted) : $"{{{string.Join(',', node.Properties.Where(member => member.Key != "pageToken").Select(member => $"\"{member.Key}\":{Write(member.Value, member.Key)}"))}}}";
        if (node.Kinds.HasFlag(SchemaKind.Array))
            return $"[{Write(node.Items!, name)}]";
        if (node.Kinds.HasFlag(SchemaKind.Integer))
            return "3";
        if (node.Kinds.HasFlag(SchemaKind.Boolean))
            return "true";
        return node.Format switch
        {
            _ when name == "filter" => JsonSerializer.Serialize("displayName.contains(\"a b&c\")"),
            _ when _ids.TryGetValue(name[(name.LastIndexOf('.') + 1)..], out var id) => $"\"{id}\"",
            TextFormat.Uuid => "\"11111111-2222-4333-8444-555555555555\"",
            TextFormat.DateTime => "\"2026-01-02T03:04:05+02:00\"",
            _ => JsonSerializer.Serialize($"a&b=c/d?é {name}"),
        };
    }
}
