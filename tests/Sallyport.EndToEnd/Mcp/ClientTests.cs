using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sallyport.Tests.Mcp;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>The official clients against a whole gate over HTTP, in the revisions they choose and the ones they are told to use.</summary>
public sealed class ClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    public async Task The_official_dotnet_client_lists_and_calls(string? revision)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(edge.Address, "mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {TestEdge.ReaderToken}" },
        });

        await using var client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = revision }, cancellationToken: Token);
        var tools = await client.ListToolsAsync(cancellationToken: Token);
        var result = await client.CallToolAsync("sample_text_echo", new Dictionary<string, object?> { ["text"] = "héllo" }, cancellationToken: Token);

        Assert.Contains(tools, tool => tool.Name == "sample_text_echo");
        Assert.NotEqual(true, result.IsError);
        Assert.Contains("héllo", result.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("auto")]
    [InlineData("2026-07-28")]
    public async Task The_official_TypeScript_client_lists_and_calls(string revision)
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");
        await using var edge = await TestEdge.StartAsync(Token);

        var (exit, output) = await Node.RunAsync([Node.Script("client.mjs"), $"{edge.Address}mcp", TestEdge.ReaderToken, revision], Token);

        Assert.True(exit == 0, output);
        Assert.Contains("called sample_text_echo", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inspector_finds_nothing_to_object_to()
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");
        await using var edge = await TestEdge.StartAsync(Token);

        var (exit, output) = await Node.RunAsync(
            [
                Node.Module("@modelcontextprotocol/inspector/clients/launcher/build/index.js"), "--cli", $"{edge.Address}mcp", "--transport", "http",
                "--header", $"Authorization: Bearer {TestEdge.ReaderToken}", "--method", "tools/list", "--strict",
            ], Token);

        Assert.True(exit == 0, output);
        Assert.Contains("sample_text_echo", output, StringComparison.Ordinal);
    }
}
