using System.ComponentModel;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Incidents;

/// <summary>The rules by which EDR detects.</summary>
internal static class EdrRules
{
    private const string Service = "incident-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_edr_rules_list", "EDR rules with severity, scope and whether they are on.",
            "GET /v2/edr-rules", static () => EdrRuleJson.Default.ListEdrRules, Service) with
            { Alias = "incident_edr_rules__list_edr_rules", Rows = "rules" },
        RestTool.Write("eset_edr_rule_create", "Creates an EDR rule from its XML and returns it.",
            "POST /v2/edr-rules", static () => EdrRuleJson.Default.CreateEdrRule, Service) with
            { Alias = "incident_edr_rules__create_edr_rule" },
        RestTool.Read("eset_edr_rule_get", "One EDR rule with its XML.",
            "GET /v2/edr-rules/{ruleUuid}", static () => EdrRuleJson.Default.EdrRuleRef, Service) with
            { Alias = "incident_edr_rules__get_edr_rule" },
        RestTool.Write("eset_edr_rule_delete", "Deletes an EDR rule; what it detected is detected no more.",
            "DELETE /v2/edr-rules/{ruleUuid}", static () => EdrRuleJson.Default.EdrRuleRef, Service) with
            { Alias = "incident_edr_rules__delete_edr_rule", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_edr_rule_disable", "Turns an EDR rule off; what it detects goes unseen until eset_edr_rule_enable.",
            "POST /v2/edr-rules/{ruleUuid}:disable", static () => EdrRuleJson.Default.EdrRuleRef, Service) with
            { Alias = "incident_edr_rules__disable_edr_rule", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_edr_rule_enable", "Turns an EDR rule on.",
            "POST /v2/edr-rules/{ruleUuid}:enable", static () => EdrRuleJson.Default.EdrRuleRef, Service) with
            { Alias = "incident_edr_rules__enable_edr_rule", IsIdempotent = true },
        RestTool.Write("eset_edr_rule_update", "Replaces the XML of an EDR rule and returns the rule.",
            "POST /v2/edr-rules/{ruleUuid}:updateDefinition", static () => EdrRuleJson.Default.UpdateEdrRule, Service) with
            { Alias = "incident_edr_rules__update_edr_rule_definition", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>Which EDR rules.</summary>
internal sealed record ListEdrRules(
    [SeverityLevel] string? SeverityLevel = null,
    bool? IncludeTotalSize = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>A rule to create.</summary>
internal sealed record CreateEdrRule(NewEdrRule Rule);

/// <summary>What a new rule is given.</summary>
internal sealed record NewEdrRule(
    [Description("Name, severity and condition are in here.")] string XmlDefinition,
    bool? Enabled = null,
    IReadOnlyList<EdrScope>? Scopes = null,
    [SeverityLevel] string? SeverityLevel = null);

/// <summary>A device or a group of devices that a rule or an exclusion is for.</summary>
internal sealed record EdrScope(string? DeviceUuid = null, string? DeviceGroupUuid = null);

/// <summary>One rule.</summary>
internal sealed record EdrRuleRef([Format(TextFormat.Uuid)] string RuleUuid);

/// <summary>A rule and its new definition.</summary>
internal sealed record UpdateEdrRule([Format(TextFormat.Uuid)] string RuleUuid, string XmlDefinition);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListEdrRules))]
[JsonSerializable(typeof(CreateEdrRule))]
[JsonSerializable(typeof(EdrRuleRef))]
[JsonSerializable(typeof(UpdateEdrRule))]
internal sealed partial class EdrRuleJson : JsonSerializerContext;
