using System.ComponentModel;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Incidents;

/// <summary>What EDR rules are told to pass over.</summary>
internal static class EdrExclusions
{
    private const string Service = "incident-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_edr_exclusions_list", "Exclusions from EDR rules with scope, note and whether they are on.",
            "GET /v2/edr-rule-exclusions", static () => EdrExclusionJson.Default.ListEdrExclusions, Service) with
            { Alias = "incident_edr_rule_exclusions__list_edr_rule_exclusions", Rows = "exclusions" },
        // Whatever an exclusion matches is detected no more, so it takes protection away.
        RestTool.Write("eset_edr_exclusion_create", "Creates an exclusion: what it matches is detected no more.",
            "POST /v2/edr-rule-exclusions", static () => EdrExclusionJson.Default.CreateEdrExclusion, Service) with
            { Alias = "incident_edr_rule_exclusions__create_edr_rule_exclusion", IsDestructive = true },
        RestTool.Read("eset_edr_exclusion_get", "One exclusion with its XML.",
            "GET /v2/edr-rule-exclusions/{exclusionUuid}", static () => EdrExclusionJson.Default.EdrExclusionRef, Service) with
            { Alias = "incident_edr_rule_exclusions__get_edr_rule_exclusion" },
        RestTool.Write("eset_edr_exclusion_delete", "Deletes an exclusion; what it matched is detected again.",
            "DELETE /v2/edr-rule-exclusions/{exclusionUuid}", static () => EdrExclusionJson.Default.EdrExclusionRef, Service) with
            { Alias = "incident_edr_rule_exclusions__delete_edr_rule_exclusion", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_edr_exclusion_update", "Replaces the XML of an exclusion and returns the exclusion.",
            "POST /v2/edr-rule-exclusions/{exclusionUuid}:updateDefinition", static () => EdrExclusionJson.Default.UpdateEdrExclusion, Service) with
            { Alias = "incident_edr_rule_exclusions__update_edr_rule_exclusion_definition", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>Which exclusions.</summary>
internal sealed record ListEdrExclusions(
    bool? IncludeTotalSize = null, [PageSize] long? PageSize = null, [PageToken] string? PageToken = null);

/// <summary>An exclusion to create.</summary>
internal sealed record CreateEdrExclusion(NewEdrExclusion Exclusion);

/// <summary>What a new exclusion is given.</summary>
internal sealed record NewEdrExclusion(
    [Description("Name and condition are in here.")] string XmlDefinition,
    bool? Enabled = null,
    string? Note = null,
    [Description("Rules it is for.")] IReadOnlyList<string>? RuleUuids = null,
    IReadOnlyList<EdrScope>? Scopes = null,
    string? Uuid = null);

/// <summary>One exclusion.</summary>
internal sealed record EdrExclusionRef([Format(TextFormat.Uuid)] string ExclusionUuid);

/// <summary>An exclusion and its new definition.</summary>
internal sealed record UpdateEdrExclusion([Format(TextFormat.Uuid)] string ExclusionUuid, string XmlDefinition);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListEdrExclusions))]
[JsonSerializable(typeof(CreateEdrExclusion))]
[JsonSerializable(typeof(EdrExclusionRef))]
[JsonSerializable(typeof(UpdateEdrExclusion))]
internal sealed partial class EdrExclusionJson : JsonSerializerContext;
