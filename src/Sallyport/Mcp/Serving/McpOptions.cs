using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Hosting;

namespace Sallyport.Mcp.Serving;

/// <summary>What is the same for every server object we make.</summary>
internal static class McpOptions
{
    /// <summary>Writes JSON nodes without reflection.</summary>
    public static JsonTypeInfo<JsonNode> Nodes { get; } = McpJsonUtilities.GetTypeInfo<JsonNode>(McpJsonUtilities.DefaultOptions);

    /// <param name="tellsChanges">Whether clients are told when their tools changed: where a connection lasts.</param>
    public static McpServerOptions New(string? instructions, bool tellsChanges = false) => new()
    {
        ServerInfo = new Implementation { Name = Product.Name, Title = Product.Title, Version = Product.Version },
        ServerInstructions = instructions,
        ScopeRequests = false,
        Capabilities = new ServerCapabilities
        {
            Tools = new ToolsCapability { ListChanged = tellsChanges ? true : null },
            Prompts = new PromptsCapability(),
            Resources = new ResourcesCapability { Subscribe = true },
            Completions = new CompletionsCapability(),
#pragma warning disable MCP9005 // Deprecated by the 2026-07-28 revision; clients of older ones set a level before they do anything else.
            Logging = new LoggingCapability(),
#pragma warning restore MCP9005
        },
    };
}
