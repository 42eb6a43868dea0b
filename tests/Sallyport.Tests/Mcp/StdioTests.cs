using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting;
using Sallyport.Mcp.Stdio;

namespace Sallyport.Tests.Mcp;

public sealed class StdioTests
{
    private static readonly Caller Local = new("local", "admin", ["*"], "stdio");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_asked_before_the_end_of_input_is_answered()
    {
        await using var gate = await TestGate.StartAsync(Token);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("""
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"script","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":1,"method":"tools/list"}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"sample_text_echo","arguments":{"text":"hi"}}}
            """));
        using var output = new MemoryStream();

        await StdioHost.RunAsync(gate.Parts, Local, input, output, TimeSpan.FromSeconds(20), Token);

        var answers = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([0, 1, 2], answers.Select(answer => answer.GetProperty("id").GetInt32()).Order());
        Assert.Contains("\"tool\":\"sample_text_echo\"", gate.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_current_revision_needs_no_opening()
    {
        await using var gate = await TestGate.StartAsync(Token);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}"""));
        using var output = new MemoryStream();

        await StdioHost.RunAsync(gate.Parts, Local, input, output, TimeSpan.FromSeconds(20), Token);

        var answer = JsonDocument.Parse(output.ToArray()).RootElement;
        Assert.Contains("sample_host_remove", answer.GetProperty("result").GetProperty("tools").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_are_no_messages_and_unknown_methods_disturb_nobody()
    {
        await using var gate = await TestGate.StartAsync(Token);
        const string Meta = """{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}""";
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n',
            "{ nonsense",
            new string('[', 5_000),
            "42",
            $$"""{"jsonrpc":"2.0","id":1,"method":"no/such","params":{{Meta}}}""",
            $$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"sample_text_echo","arguments":{"text":{{new string('[', 40)}}{{new string(']', 40)}}},{{Meta[1..]}}}""",
            $$"""{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{{Meta}}}""")));
        using var output = new MemoryStream();

        await StdioHost.RunAsync(gate.Parts, Local, input, output, TimeSpan.FromSeconds(20), Token);

        var answers = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Where(answer => answer.GetProperty("id").ValueKind == JsonValueKind.Number).ToDictionary(answer => answer.GetProperty("id").GetInt32());
        Assert.Equal(-32601, answers[1].GetProperty("error").GetProperty("code").GetInt32());
        Assert.True(answers[2].TryGetProperty("error", out _) || answers[2].GetProperty("result").GetProperty("isError").GetBoolean(), answers[2].ToString());
        Assert.True(answers[3].GetProperty("result").GetProperty("tools").GetArrayLength() > 0);
    }

    [Fact]
    public Task A_rehearsal_ends_by_itself() => Rehearsal.RunAsync().WaitAsync(Token);

    [Fact]
    public async Task Stopping_ends_the_server_while_input_stays_open()
    {
        await using var gate = await TestGate.StartAsync(Token);
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var output = new MemoryStream();

        var run = StdioHost.RunAsync(gate.Parts, Local, pipe.Reader.AsStream(), output, TimeSpan.FromSeconds(20), stop.Token);
        await stop.CancelAsync();

        await run.WaitAsync(Token);
    }
}
