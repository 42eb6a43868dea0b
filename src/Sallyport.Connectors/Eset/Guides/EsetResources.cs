using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Core.Prompts;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Guides;

/// <summary>Pages about the connection itself: mode, place, tools, limits.</summary>
internal static class EsetResources
{
    private const string Text = "text/plain";

    public static IReadOnlyList<ConnectorResource> All { get; } =
    [
        new("eset://config/mode", "ESET mode", "RO or RW: whether changes are possible in this tenant.", Text, static client => Client(client).IsReadOnly ? "RO" : "RW"),
        new("eset://config/region", "ESET region", "Region of the cloud account.", Text, static client => Client(client).Region),
        new("eset://config/deployment", "ESET deployment", "cloud, or onprem with the console's address.", Text, static client => Deployment(Client(client))),
        new("eset://config/tools-catalog", "ESET operations", "Every operation that this tenant's mode allows, with method, path and service.", "application/json",
            static client => Catalogue(Client(client).IsReadOnly)),
        new("eset://docs/rate-limits", "ESET rate limits", "How fast ESET may be asked.", "text/markdown", static _ => RateLimits),
    ];

    private const string RateLimits =
        """
        # ESET rate limits

        - 10 requests a second for each account and originating address. The gate spaces its requests accordingly.
        - Beyond that ESET answers 429; the gate waits as asked and repeats up to three times.
        - Bursts of more than 1,000 requests fall under fair use: some are answered in the background (202), some fail (50x).
        - One page has 50 rows when nothing is said and 1,000 at most: ask for large pages and few fields.
        """;

    private static EsetClient Client(object client) => (EsetClient)client;

    private static string Deployment(EsetClient client) => client.Place.IsOnPrem ? $"onprem ({client.Place.Name})" : "cloud";

    private static string Catalogue(bool isReadOnly) => JsonSerializer.Serialize(
        [.. EsetTools.All
            .Where(tool => tool.Operation is not null && (!isReadOnly || tool.Access == ToolAccess.Read))
            .Select(tool => new ListedOperation(
                tool.Name, tool.Access == ToolAccess.Read ? "RO" : "RW", tool.Operation!.Method.Method, tool.Operation.Template, tool.Operation.Service, tool.Description))],
        GuideJson.Default.ListedOperationArray);
}

/// <summary>One operation in the list for agents.</summary>
internal sealed record ListedOperation(string Name, string Mode, string Method, string Path, string Service, string Description);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ListedOperation[]))]
internal sealed partial class GuideJson : JsonSerializerContext;
