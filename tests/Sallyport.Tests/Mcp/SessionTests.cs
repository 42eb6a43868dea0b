using System.Net;
using System.Text.Json;

namespace Sallyport.Tests.Mcp;

public sealed class SessionTests
{
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    [InlineData("2025-03-26")]
    [InlineData("2024-11-05")]
    public async Task An_older_client_gets_its_own_revision(string revision)
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (status, json) = await edge.SendAsync(
            TestEdge.Post("/mcp", $$$$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{{{revision}}}}","capabilities":{},"clientInfo":{"name":"old","version":"1"}}}"""), Token);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(revision, json.GetProperty("result").GetProperty("protocolVersion").GetString());
    }

    [Fact]
    public async Task A_session_gives_the_same_tools_and_the_same_result_as_the_current_revision()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var session = await edge.InitializeAsync(Token);

        var (_, oldList) = await edge.SendAsync(TestEdge.InSession(session, List), Token);
        var (_, newList) = await edge.SendAsync(TestEdge.Modern("tools/list"), Token);
        var (_, oldCall) = await edge.SendAsync(
            TestEdge.InSession(session, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"sample_text_echo","arguments":{"text":"é"}}}"""), Token);
        var (_, newCall) = await edge.SendAsync(TestEdge.Call("sample_text_echo", """{"text":"é"}"""), Token);

        Assert.True(JsonElement.DeepEquals(oldList.GetProperty("result").GetProperty("tools"), newList.GetProperty("result").GetProperty("tools")));
        Assert.True(JsonElement.DeepEquals(oldCall.GetProperty("result").GetProperty("content"), newCall.GetProperty("result").GetProperty("content")));
        Assert.True(JsonElement.DeepEquals(oldCall.GetProperty("result").GetProperty("structuredContent"), newCall.GetProperty("result").GetProperty("structuredContent")));
    }

    [Fact]
    public async Task A_session_is_useless_with_another_callers_token()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var session = await edge.InitializeAsync(Token);

        var (posted, _) = await edge.SendAsync(TestEdge.InSession(session, List, TestEdge.WriterToken), Token);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/mcp");
        delete.Headers.Add("Mcp-Session-Id", session);
        delete.Headers.Authorization = new("Bearer", TestEdge.WriterToken);
        var (deleted, _) = await edge.SendAsync(delete, Token);
        var (still, _) = await edge.SendAsync(TestEdge.InSession(session, List), Token);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (posted, deleted, still));
    }

    [Fact]
    public async Task A_session_that_was_ended_is_not_found()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var session = await edge.InitializeAsync(Token);

        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/mcp");
        delete.Headers.Add("Mcp-Session-Id", session);
        using var ended = await edge.Client.SendAsync(delete, Token);
        var (status, _) = await edge.SendAsync(TestEdge.InSession(session, List), Token);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (ended.StatusCode, status));
    }

    [Fact]
    public async Task A_call_in_a_session_is_cancelled_by_its_notification()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var session = await edge.InitializeAsync(Token);

        var call = edge.Client.SendAsync(TestEdge.InSession(session, """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"sample_work_wait","arguments":{}}}"""), Token);
        await edge.Gate.Sample.Waiting.Task.WaitAsync(Token);
        using var cancel = await edge.Client.SendAsync(TestEdge.InSession(session, """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"""), Token);

        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        await edge.Gate.Sample.Cancelled.Task.WaitAsync(Token);
        (await call).Dispose();
    }

    [Fact]
    public async Task A_session_has_one_listening_stream()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var session = await edge.InitializeAsync(Token);

        using var first = await edge.Client.SendAsync(Listen(session), HttpCompletionOption.ResponseHeadersRead, Token);
        using var second = await edge.Client.SendAsync(Listen(session), HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task The_old_transport_is_off_unless_asked_for()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        using var answer = await edge.Client.GetAsync("/sse", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_old_transport_answers_on_its_stream_and_only_to_its_owner()
    {
        await using var edge = await TestEdge.StartAsync(options => options with { LegacySse = true }, Token);
        using var stream = await edge.Client.GetAsync("/sse", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
        var address = await DataAsync(reader);
        var request = TestEdge.Post(address, List);
        request.Headers.Authorization = new("Bearer", TestEdge.WriterToken);

        using var foreign = await edge.Client.SendAsync(request, Token);
        using var opened = await edge.Client.SendAsync(
            TestEdge.Post(address, """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"old","version":"1"}}}"""), Token);
        var initialized = await DataAsync(reader);
        using var listed = await edge.Client.SendAsync(TestEdge.Post(address, List), Token);
        var list = await DataAsync(reader);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Accepted), (foreign.StatusCode, opened.StatusCode));
        Assert.Contains("2024-11-05", initialized, StringComparison.Ordinal);
        Assert.Contains("sample_text_echo", list, StringComparison.Ordinal);
    }

    private static async Task<string> DataAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return line[6..];
        }

        throw new EndOfStreamException();
    }

    private static HttpRequestMessage Listen(string session)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Accept.ParseAdd("text/event-stream");
        return request;
    }
}
