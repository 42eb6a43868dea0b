using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sallyport.Hosting;

namespace Sallyport.Mcp.Client;

/// <summary>An MCP client such as an agent's host has one: it knows the gate's address and a token, nothing else.</summary>
internal sealed class GateClient : IAsyncDisposable
{
    private readonly McpClient _client;

    private GateClient(McpClient client) => _client = client;

    public string ProtocolVersion => _client.NegotiatedProtocolVersion ?? "unknown";

    public static async Task<GateClient> ConnectAsync(Uri endpoint, string token, string name, CancellationToken cancellationToken)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        });
        var options = new McpClientOptions { ClientInfo = new Implementation { Name = name, Version = Product.Version } };
        return new GateClient(await McpClient.CreateAsync(transport, options, cancellationToken: cancellationToken));
    }

    /// <summary>Names of all tools the gate shows this caller.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
        => [.. (await _client.ListToolsAsync(cancellationToken: cancellationToken)).Select(tool => tool.Name)];

    /// <param name="arguments">A JSON object.</param>
    public async Task<GateAnswer> CallAsync(string tool, string arguments, CancellationToken cancellationToken)
    {
        using var parsed = JsonDocument.Parse(arguments);
        var result = await _client.CallToolAsync(
            new CallToolRequestParams { Name = tool, Arguments = parsed.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value) },
            cancellationToken);
        using var content = JsonDocument.Parse(result.Content.OfType<TextContentBlock>().First().Text);
        return new GateAnswer(result.IsError != true, content.RootElement.Clone());
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}

/// <summary>What a tool call answered: a result, or the gate's error.</summary>
internal sealed record GateAnswer(bool IsSuccess, JsonElement Json)
{
    public string? Code => Error("code");

    public string? Message => Error("message");

    public string? ApprovalId => Error("approvalId");

    private string? Error(string member)
        => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("error", out var error) && error.TryGetProperty(member, out var value) ? value.GetString() : null;
}
