using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Policies;

/// <summary>The sets of addresses that a policy's firewall rules refer to.</summary>
internal static class NetworkAccessProtection
{
    private const string Service = "network-access-protection";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_ip_sets_list", "Address sets of one policy.",
            "GET /v1/policies/{policyUuid}/ip-sets", static () => NetworkJson.Default.ListIpSets, Service) with
            { Alias = "nap_network_access_configurator__list_ip_sets", Rows = "ipSets" },
        RestTool.Write("eset_ip_set_update", "Replaces an address set of a policy; firewall rules that use it change with it.",
            "POST /v1/policies/{policyUuid}/ip-sets/{ipSetUuid}:update", static () => NetworkJson.Default.UpdateIpSet, Service) with
            { Alias = "nap_network_access_configurator__update_ip_set", IsDestructive = true, IsIdempotent = true },
        RestTool.Read("eset_ip_set_get", "One address set of a policy.",
            "GET /v1/policies/{policyUuid}/ip-sets/{ipSetUuid}", static () => NetworkJson.Default.IpSetRef, Service) with
            { Alias = "nap_network_access_configurator__get_ip_set" },
    ];
}

/// <summary>Address sets of a policy.</summary>
internal sealed record ListIpSets(
    [Format(TextFormat.Uuid)] string PolicyUuid, [PageSize] long? PageSize = null, [PageToken] string? PageToken = null);

/// <summary>One address set.</summary>
internal sealed record IpSetRef([Format(TextFormat.Uuid)] string PolicyUuid, [Format(TextFormat.Uuid)] string IpSetUuid);

/// <summary>An address set and what it holds from now on.</summary>
internal sealed record UpdateIpSet([Format(TextFormat.Uuid)] string PolicyUuid, [Format(TextFormat.Uuid)] string IpSetUuid, IpSet IpSet);

/// <summary>What an address set holds.</summary>
internal sealed record IpSet(
    IReadOnlyList<string> IpAddresses, string? DisplayName = null, string? Description = null, string? Uuid = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListIpSets))]
[JsonSerializable(typeof(IpSetRef))]
[JsonSerializable(typeof(UpdateIpSet))]
internal sealed partial class NetworkJson : JsonSerializerContext;
