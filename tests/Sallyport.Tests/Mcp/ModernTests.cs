using System.Net;
using System.Text.Json;

namespace Sallyport.Tests.Mcp;

public sealed class ModernTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_answers_the_same_value_as_text_and_as_structure()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (status, json) = await edge.SendAsync(TestEdge.Call("sample_text_echo", """{"text":"é \"quoted\""}"""), Token);

        Assert.Equal(HttpStatusCode.OK, status);
        var result = json.GetProperty("result");
        var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, result.GetProperty("structuredContent")));
        Assert.Contains("é", text, StringComparison.Ordinal);
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.False(result.TryGetProperty("isError", out _));
    }

    [Fact, Trait("defect", "D15")]
    public async Task The_endpoint_is_served_with_and_without_a_slash_at_its_end_and_redirects_nobody()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var request = TestEdge.Call("sample_text_echo", """{"text":"hi"}""");
        request.RequestUri = new Uri("/mcp/", UriKind.Relative);

        var (status, json) = await edge.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(json.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task The_reference_servers_name_reaches_the_same_tool()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (_, json) = await edge.SendAsync(TestEdge.Call("EchoTool", """{"text":"hi"}"""), Token);

        Assert.False(json.GetProperty("result").TryGetProperty("isError", out _));
        Assert.Contains("\"tool\":\"sample_text_echo\"", edge.Gate.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_an_error_result_that_is_whole_in_both_forms()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (status, json) = await edge.SendAsync(TestEdge.Call("sample_text_echo", """{"text":"hi","times":99}"""), Token);

        Assert.Equal(HttpStatusCode.OK, status);
        var result = json.GetProperty("result");
        Assert.True(result.GetProperty("isError").GetBoolean());
        var error = result.GetProperty("structuredContent").GetProperty("error");
        Assert.Equal("invalid_arguments", error.GetProperty("code").GetString());
        Assert.True(error.TryGetProperty("callId", out _));
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(result.GetProperty("content")[0].GetProperty("text").GetString()!).RootElement, result.GetProperty("structuredContent")));
    }

    [Fact]
    public async Task Pictures_and_files_come_beside_the_result()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (_, json) = await edge.SendAsync(TestEdge.Call("sample_files_get"), Token);

        var content = json.GetProperty("result").GetProperty("content");
        Assert.Equal(["text", "image", "resource"], content.EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        Assert.Equal("image/svg+xml", content[1].GetProperty("mimeType").GetString());
        Assert.Equal([1, 2, 3], content[2].GetProperty("resource").GetProperty("blob").GetBytesFromBase64());
    }

    [Fact]
    public async Task The_list_shows_what_the_caller_may_use_and_nothing_else()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (_, reader) = await edge.SendAsync(TestEdge.Modern("tools/list"), Token);
        var request = TestEdge.Modern("tools/list");
        request.Headers.Authorization = new("Bearer", TestEdge.WriterToken);
        var (_, writer) = await edge.SendAsync(request, Token);

        Assert.DoesNotContain("sample_host_remove", Names(reader));
        Assert.Contains("sample_host_remove", Names(writer));
        Assert.Equal("private", reader.GetProperty("result").GetProperty("cacheScope").GetString());
    }

    [Fact]
    public async Task Prompts_are_offered_only_with_all_their_tools_and_resolve_by_both_names()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (_, list) = await edge.SendAsync(TestEdge.Modern("prompts/list"), Token);
        var (_, prompt) = await edge.SendAsync(TestEdge.Modern("prompts/get", """
            "name":"look","arguments":{"host":"web-1"}
            """, "look"), Token);
        var (_, missing) = await edge.SendAsync(TestEdge.Modern("prompts/get", """
            "name":"look"
            """, "look"), Token);

        Assert.Equal(["sample_look"], list.GetProperty("result").GetProperty("prompts").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal("Look at web-1.", prompt.GetProperty("result").GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString());
        Assert.Equal(-32602, missing.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Resources_are_listed_and_read_and_an_unknown_one_is_named_in_the_error()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (_, read) = await edge.SendAsync(TestEdge.Modern("resources/read", """
            "uri":"sample://docs/limits"
            """, "sample://docs/limits"), Token);
        var (_, unknown) = await edge.SendAsync(TestEdge.Modern("resources/read", """
            "uri":"sample://none"
            """, "sample://none"), Token);

        Assert.Equal("# Limits", read.GetProperty("result").GetProperty("contents")[0].GetProperty("text").GetString());
        Assert.Equal("sample://none", unknown.GetProperty("error").GetProperty("data").GetProperty("uri").GetString());
    }

    [Fact]
    public async Task Progress_comes_in_order_before_the_answer_on_one_stream()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        using var answer = await edge.Client.SendAsync(TestEdge.Call("sample_work_step", meta: ",\"progressToken\":\"p1\""), Token);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var frames = (await answer.Content.ReadAsStringAsync(Token)).Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..]).ToList();
        Assert.Equal(4, frames.Count);
        for (var step = 0; step < 3; step++)
            Assert.Contains($"\"progressToken\":\"p1\",\"progress\":{step + 1},\"total\":3", frames[step], StringComparison.Ordinal);
        Assert.Contains("\"result\"", frames[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_call_sends_its_headers_early_and_ends_when_the_client_hangs_up()
    {
        await using var edge = await TestEdge.StartAsync(options => options with { KeepAliveAfter = TimeSpan.FromMilliseconds(1) }, Token);

        using (var answer = await edge.Client.SendAsync(TestEdge.Call("sample_work_wait"), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            await edge.Gate.Sample.Waiting.Task.WaitAsync(Token);
        }

        await edge.Gate.Sample.Cancelled.Task.WaitAsync(Token);
    }

    private static IEnumerable<string?> Names(JsonElement list)
        => list.GetProperty("result").GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString());
}
