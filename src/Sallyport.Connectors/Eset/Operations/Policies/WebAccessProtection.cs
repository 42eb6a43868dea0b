using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Policies;

/// <summary>The domains that a policy's web rules allow or block.</summary>
internal static class WebAccessProtection
{
    private const string Service = "web-access-protection";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_web_address_rules_list", "Uuids of a policy's web address rules, all or those with a given domain.",
            "GET /v2/policies/{policyUuid}/web-address-rules", static () => WebJson.Default.ListWebAddressRules, Service) with
            { Alias = "wap_web_address_rules_configurator__list_web_address_rules", Rows = "addressRuleUuids" },
        RestTool.Write("eset_web_address_domains_update", "Replaces all domains of a web address rule; answers how many were taken and which were malformed.",
            "PUT /v2/policies/{policyUuid}/web-address-rules/{addressRuleUuid}/domains", static () => WebJson.Default.UpdateWebAddressDomains, Service) with
            { Alias = "wap_web_address_rules_configurator__update_web_address_rule_domains", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>Which web address rules of a policy.</summary>
internal sealed record ListWebAddressRules([Format(TextFormat.Uuid)] string PolicyUuid, [StringLength(100)] string? IncludeDomain = null);

/// <summary>A web address rule and its domains from now on.</summary>
internal sealed record UpdateWebAddressDomains(
    [Format(TextFormat.Uuid)] string PolicyUuid,
    [Format(TextFormat.Uuid)] string AddressRuleUuid,
    [Description("Domains or URLs.")] IReadOnlyList<string> Urls,
    [Description("Where the list comes from, for example a file name.")] string? SourceName = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListWebAddressRules))]
[JsonSerializable(typeof(UpdateWebAddressDomains))]
internal sealed partial class WebJson : JsonSerializerContext;
