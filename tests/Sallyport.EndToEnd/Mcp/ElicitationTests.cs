using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sallyport.Gateway.Approvals;
using Sallyport.Tests.Mcp;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>The official client's user is asked about a held call, in the revision that answers by repeating the call and in those with sessions.</summary>
public sealed class ElicitationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    public async Task Where_policy_lets_it_count_the_users_yes_runs_the_call_and_each_call_asks_anew(string revision)
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { AcknowledgementCounts = true });
        List<ElicitRequestParams> asked = [];
        await using var client = await ConnectAsync(edge, revision, request =>
        {
            asked.Add(request);
            return new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["approve"] = JsonElement.Parse("true") } };
        });

        var first = await RemoveAsync(client);
        var second = await RemoveAsync(client);

        Assert.NotEqual(true, first.IsError);
        Assert.NotEqual(true, second.IsError);
        Assert.Equal(2, asked.Count);
        Assert.All(asked, request => Assert.Contains("sample_host_remove on tenant 'contoso'", request.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public async Task The_users_no_is_a_no(string revision)
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { AcknowledgementCounts = true });
        await using var client = await ConnectAsync(edge, revision, static _ => new ElicitResult { Action = "decline" });

        var result = await RemoveAsync(client);

        Assert.True(result.IsError);
        Assert.Contains("decided against", result.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public async Task By_default_the_user_is_led_to_the_page_and_accepting_that_approves_nothing(string revision)
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { Page = new Uri("https://gate.example.org/") });
        List<string?> addresses = [];
        await using var client = await ConnectAsync(edge, revision, request =>
        {
            addresses.Add(request.Url);
            return new ElicitResult { Action = "accept" };
        });

        var result = await RemoveAsync(client);

        Assert.True(result.IsError);
        Assert.Contains("approval_required", result.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
        Assert.StartsWith("https://gate.example.org/approvals/apr_", Assert.Single(addresses), StringComparison.Ordinal);
    }

    private static async Task<TestEdge> StartAsync(ApprovalPolicy policy)
    {
        var edge = await TestEdge.StartAsync(Token);
        edge.Gate.Parts.Approvals.Policy = policy;
        return edge;
    }

    private static Task<McpClient> ConnectAsync(TestEdge edge, string revision, Func<ElicitRequestParams, ElicitResult> answer)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(edge.Address, "mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {TestEdge.WriterToken}" },
        });
        var options = new McpClientOptions
        {
            ProtocolVersion = revision,
            Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new FormElicitationCapability(), Url = new UrlElicitationCapability() } },
            Handlers = new McpClientHandlers { ElicitationHandler = (request, _) => new(answer(request!)) },
        };
        return McpClient.CreateAsync(transport, options, cancellationToken: Token);
    }

    private static async Task<CallToolResult> RemoveAsync(McpClient client)
        => await client.CallToolAsync("sample_host_remove", new Dictionary<string, object?> { ["host_id"] = 7 }, cancellationToken: Token);
}
