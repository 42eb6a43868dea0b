using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Hosting;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Stdio;

/// <summary>A list of no tools, told to nobody: afterwards the protocol library is loaded.</summary>
internal static class Rehearsal
{
    private static ReadOnlySpan<byte> Question =>
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}

        """u8;

    public static async Task RunAsync()
    {
        using var question = new MemoryStream(Question.ToArray());
        await using var transport = new StreamServerTransport(question, Stream.Null, Product.Name);
        var options = McpOptions.New(instructions: null);
        options.Handlers = new McpServerHandlers { ListToolsHandler = static (_, _) => new(new ListToolsResult { Tools = [], CacheScope = CacheScope.Private }) };
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync();
    }
}
