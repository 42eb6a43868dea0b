using System.Net.Http.Headers;
using System.Text.Json;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Tests.Mcp;

/// <summary>A held call asked of the person at the client, as the current revision has it on the wire.</summary>
public sealed class ApprovalQuestionTests
{
    private const string Form = """{"elicitation":{"form":{}}}""";
    private const string Url = """{"elicitation":{"url":{}}}""";
    private const string Yes = """{"action":"accept","content":{"approve":true}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_policy_says_so_a_form_is_shown_and_its_yes_runs_the_call_once()
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { AcknowledgementCounts = true });

        var asked = (await CallAsync(edge, Form)).GetProperty("result");
        var question = asked.GetProperty("inputRequests").GetProperty("approval");
        var state = asked.GetProperty("requestState").GetString()!;
        var ran = await CallAsync(edge, Form, Answer(state, Yes));
        var again = await CallAsync(edge, Form, Answer(state, Yes));

        Assert.Equal(("input_required", "elicitation/create"), (asked.GetProperty("resultType").GetString(), question.GetProperty("method").GetString()));
        Assert.Contains("sample_host_remove on tenant 'contoso'", question.GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("boolean", question.GetProperty("params").GetProperty("requestedSchema").GetProperty("properties").GetProperty("approve").GetProperty("type").GetString());
        Assert.False(ran.GetProperty("result").TryGetProperty("isError", out _), ran.GetRawText());
        Assert.Equal(-32602, again.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Contains("\"channel\":\"client\"", edge.Gate.AuditText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"action":"accept","content":{"approve":false}}""")]
    [InlineData("""{"action":"accept","content":{"approve":"true"}}""")]
    [InlineData("""{"action":"accept","content":{}}""")]
    [InlineData("""{"action":"accept"}""")]
    [InlineData("""{"action":"cancel"}""")]
    [InlineData("""{"action":["accept"],"content":{"approve":true}}""")]
    [InlineData("""{"action":"ACCEPT","content":{"approve":true}}""")]
    [InlineData("""{}""")]
    public async Task Anything_but_a_plain_yes_is_none(string answer)
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { AcknowledgementCounts = true });
        var state = (await CallAsync(edge, Form)).GetProperty("result").GetProperty("requestState").GetString()!;

        var json = await CallAsync(edge, Form, Answer(state, answer));

        Assert.True(json.TryGetProperty("error", out _) || json.GetProperty("result").GetProperty("isError").GetBoolean(), json.GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("apr_000000000000000000000000.0")]
    [InlineData("nonsense")]
    public async Task A_state_that_we_did_not_give_out_is_a_protocol_error(string state)
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { AcknowledgementCounts = true });

        Assert.Equal(-32602, (await CallAsync(edge, Form, Answer(state, Yes))).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task By_default_a_client_that_can_open_addresses_is_led_to_the_page_and_its_yes_approves_nothing()
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { Page = new Uri("https://gate.example.org/") });

        var asked = (await CallAsync(edge, Url)).GetProperty("result");
        var parameters = asked.GetProperty("inputRequests").GetProperty("approval").GetProperty("params");
        var id = parameters.GetProperty("elicitationId").GetString()!;
        var accepted = await CallAsync(edge, Url, Answer(asked.GetProperty("requestState").GetString()!, Yes));

        Assert.Equal(("url", $"https://gate.example.org/approvals/{id}"), (parameters.GetProperty("mode").GetString(), parameters.GetProperty("url").GetString()));
        Assert.Equal("approval_required", Code(accepted));
    }

    [Fact]
    public async Task Once_the_person_decided_on_the_page_the_answer_runs_the_call()
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { Page = new Uri("https://gate.example.org/") });
        var asked = (await CallAsync(edge, Url)).GetProperty("result");
        var state = asked.GetProperty("requestState").GetString()!;
        Assert.Null(await edge.Gate.Parts.Approvals.DecideAsync(state[..state.IndexOf('.')], new Approver("lead", "page"), isApproved: true, Token));

        var ran = await CallAsync(edge, Url, Answer(state, """{"action":"accept"}"""));

        Assert.False(ran.GetProperty("result").TryGetProperty("isError", out _), ran.GetRawText());
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData(Form, false)]
    [InlineData(Url, true)]
    public async Task Who_cannot_be_asked_usefully_gets_the_held_answer(string capabilities, bool counts)
    {
        await using var edge = await StartAsync(ApprovalPolicy.Default with { AcknowledgementCounts = counts });

        Assert.Equal("approval_required", Code(await CallAsync(edge, capabilities)));
    }

    private static string? Code(JsonElement answer) => answer.GetProperty("result").GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString();

    private static string Answer(string state, string answer) => $$""","requestState":{{JsonSerializer.Serialize(state)}},"inputResponses":{"approval":{{answer}}}""";

    private static async Task<TestEdge> StartAsync(ApprovalPolicy policy)
    {
        var edge = await TestEdge.StartAsync(Token);
        edge.Gate.Parts.Approvals.Policy = policy;
        return edge;
    }

    private static async Task<JsonElement> CallAsync(TestEdge edge, string capabilities, string members = "")
    {
        using var request = TestEdge.Post("/mcp", $$$$"""
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{{{{capabilities}}}} },"name":"sample_host_remove","arguments":{"host_id":7}{{{{members}}}} } }
            """);
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", "sample_host_remove");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestEdge.WriterToken);
        return (await edge.SendAsync(request, Token)).Json;
    }
}
