using ModelContextProtocol.Client;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>The built program itself: the suite's scenarios that need no fixtures, and the official clients over standard input and output.</summary>
public sealed class ShippedProgramTests : IDisposable
{
    private const string Token = "conformance-token-0123456789";
    private const string Tool = "net_dns_lookup";

    private readonly SallyportProgram _program = new();

    public ShippedProgramTests() => _program.Write("sallyport.yaml", """
        callers: [ { name: suite, token: "${env:SUITE_TOKEN}", role: scanner } ]
        tenants: { default: { network: { allowedTargets: [loopback] } } }
        """);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_scenarios_without_fixtures_pass_over_http_with_a_token()
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");
        _program.Variables["SUITE_TOKEN"] = Token;
        using var serving = _program.Start("serve", "--listen", "127.0.0.1:0");
        using var proxy = Node.Start([Node.Script("proxy.mjs"), (await LineAsync(serving.StandardError, "Serving MCP at "))["Serving MCP at ".Length..], Token]);
        try
        {
            var address = await LineAsync(proxy.StandardOutput, "http");
            foreach (var (revision, scenarios) in ((string, string[])[])
            [
                ("2026-07-28", ["tools-list", "prompts-list", "resources-list", "completion-complete", "caching", "http-header-validation", "dns-rebinding-protection", "sep-2164-resource-not-found", "server-sse-multiple-streams"]),
                ("2025-11-25", ["server-initialize", "server-session-lifecycle", "ping", "logging-set-level", "tools-list", "prompts-list", "resources-list", "resources-subscribe", "resources-unsubscribe", "completion-complete", "dns-rebinding-protection", "server-sse-multiple-streams"]),
            ])
            {
                foreach (var scenario in scenarios)
                {
                    var (exit, output) = await Node.RunAsync(
                        [Node.Module("@modelcontextprotocol/conformance/dist/index.js"), "server", "--url", address, "--scenario", scenario, "--spec-version", revision, "-o", _program.Folder], Cancel);
                    Assert.True(exit == 0, $"{revision} {scenario}\n{output}");
                }

                Console.WriteLine($"conformance {revision}, the shipped program: {scenarios.Length} of {scenarios.Length} scenarios pass");
            }
        }
        finally
        {
            proxy.Kill();
            serving.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-07-28")]
    [InlineData("2025-06-18")]
    public async Task The_dotnet_client_starts_it_lists_and_calls(string? revision)
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = SallyportProgram.Command[0],
            Arguments = [.. SallyportProgram.Command.Skip(1), "serve"],
            WorkingDirectory = _program.Folder,
            EnvironmentVariables = new Dictionary<string, string?> { ["SUITE_TOKEN"] = Token, ["HOME"] = _program.Folder },
        });

        await using var client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = revision }, cancellationToken: Cancel);
        var tools = await client.ListToolsAsync(cancellationToken: Cancel);
        var result = await client.CallToolAsync(Tool, new Dictionary<string, object?>(), cancellationToken: Cancel);

        Assert.Contains(tools, tool => tool.Name == Tool);
        Assert.Equal("invalid_arguments", result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("2026-07-28")]
    public async Task The_TypeScript_client_starts_it_lists_and_calls(string mode)
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");

        var (exit, output) = await Node.RunAsync([Node.Script("client.mjs"), "stdio", mode, Tool, .. SallyportProgram.Command, "serve", "--config", Settings], Cancel, ("SUITE_TOKEN", Token));

        Assert.True(exit == 0, output);
        Assert.Contains($"called {Tool}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inspector_starts_it_and_finds_nothing_to_object_to()
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");

        var (exit, output) = await Node.RunAsync(
            [Node.Module("@modelcontextprotocol/inspector/clients/launcher/build/index.js"), "--cli", "-e", $"SUITE_TOKEN={Token}", "-e", $"SALLYPORT_CONFIG={Settings}", "--method", "tools/list", "--strict", .. SallyportProgram.Command, "serve"], Cancel);

        Assert.True(exit == 0, output);
        Assert.Contains(Tool, output, StringComparison.Ordinal);
    }

    private string Settings => Path.Combine(_program.Folder, "sallyport.yaml");

    private static async Task<string> LineAsync(StreamReader reader, string start)
    {
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            if (!line.StartsWith(start, StringComparison.Ordinal))
                continue;
            // Read on, so that the program never waits for somebody to take its log.
            _ = reader.ReadToEndAsync(CancellationToken.None);
            return line;
        }

        throw new EndOfStreamException($"nothing began with '{start}'");
    }
}
