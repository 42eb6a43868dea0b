using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sallyport.Tests.Mcp;

public sealed class BadInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("[]")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]""")]
    [InlineData("""{"id":1,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"} trailing""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800"}}""")]
    public async Task What_is_not_one_message_is_a_parse_error(string body)
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (status, json) = await edge.SendAsync(TestEdge.Post("/mcp", body), Token);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(-32700, json.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("id").ValueKind);
    }

    [Fact]
    public async Task Nesting_that_is_too_deep_is_a_parse_error()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var deep = string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000));

        var (status, json) = await edge.SendAsync(TestEdge.Call("sample_text_echo", $$"""{"text":{{deep}}}"""), Token);

        Assert.Equal((HttpStatusCode.BadRequest, -32700), (status, json.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_or_without_a_length()
    {
        await using var edge = await TestEdge.StartAsync(options => options with { MaxMessageBytes = 10_000 }, Token);
        var large = TestEdge.Call("sample_text_echo", $$"""{"text":"{{new string('x', 20_000)}}"}""");
        var chunked = TestEdge.Call("sample_text_echo", $$"""{"text":"{{new string('x', 20_000)}}"}""");
        chunked.Headers.TransferEncodingChunked = true;

        using var first = await edge.Client.SendAsync(large, Token);
        using var second = await edge.Client.SendAsync(chunked, Token);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("no/such")]
    public async Task Unknown_and_removed_methods_are_not_found_and_keep_the_id(string method)
    {
        await using var edge = await TestEdge.StartAsync(Token);

        var (status, json) = await edge.SendAsync(TestEdge.Modern(method, id: "\"abc\""), Token);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(-32601, json.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal("abc", json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_unknown_revision_is_told_which_ones_there_are()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var request = TestEdge.Post("/mcp", """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""");
        request.Headers.Add("MCP-Protocol-Version", "2099-01-01");

        var (status, json) = await edge.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var error = json.GetProperty("error");
        Assert.Equal(-32022, error.GetProperty("code").GetInt32());
        Assert.Equal("2026-07-28", error.GetProperty("data").GetProperty("supported")[0].GetString());
        Assert.Equal("2099-01-01", error.GetProperty("data").GetProperty("requested").GetString());
    }

    [Fact]
    public async Task A_routing_header_that_differs_from_the_body_is_refused()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var request = TestEdge.Call("sample_host_remove", """{"host_id":1}""");
        request.Headers.Remove("Mcp-Name");
        request.Headers.Add("Mcp-Name", "sample_text_echo");

        var (status, json) = await edge.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.BadRequest, -32020), (status, json.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData("text/plain", "application/json, text/event-stream", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/jsonp", "application/json, text/event-stream", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json; charset=utf-8", "text/event-stream, application/json;q=0.9", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "*/*", HttpStatusCode.BadRequest)]
    public async Task Content_types_are_checked_before_the_body(string content, string accept, HttpStatusCode expected)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent("broken", Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(content);
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost.evil.example")]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    public async Task A_foreign_origin_or_host_is_refused_before_anything_else(string header, string value)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var request = TestEdge.Modern("tools/list");
        if (header == "Host")
            request.Headers.Host = value;
        else
            request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Configured_hosts_and_origins_are_let_in()
    {
        await using var edge = await TestEdge.StartAsync(options => options with { AllowedHosts = ["gate.example"], AllowedOrigins = ["https://soc.example/"] }, Token);
        var request = TestEdge.Modern("tools/list");
        request.Headers.Host = "gate.example:8443";
        request.Headers.TryAddWithoutValidation("Origin", "https://soc.example");

        using var answer = await edge.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Basic cmVhZGVy")]
    [InlineData("Bearer")]
    public async Task Without_a_known_token_nothing_of_the_body_is_read(string? authorization)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        edge.Client.DefaultRequestHeaders.Authorization = null;
        foreach (var path in (string[])["/mcp", "/", "/tools", "/approvals"])
        {
            using var request = TestEdge.Post(path, "{ not json");
            if (authorization is not null)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);

            using var answer = await edge.Client.SendAsync(request, Token);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_of_its_request_disturbs_nobody()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(edge.Address.Host, edge.Address.Port, Token);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TestEdge.ReaderToken}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"jsonrpc\""), Token);
        }

        var (status, _) = await edge.SendAsync(TestEdge.Modern("tools/list"), Token);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_stream_method_without_a_session_is_not_allowed()
    {
        await using var edge = await TestEdge.StartAsync(Token);

        using var answer = await edge.Client.GetAsync("/mcp", Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_bytes_never_break_the_edge(int seed)
    {
        await using var edge = await TestEdge.StartAsync(Token);
        var random = new Random(seed);
        var valid = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"sample_text_echo","arguments":{"text":"a"},"_meta":{"progressToken":1}}}""");
        for (var round = 0; round < 150; round++)
        {
            var bytes = (byte[])valid.Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new ByteArrayContent(bytes[..random.Next(1, bytes.Length)]) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Accept.ParseAdd("*/*");

            using var answer = await edge.Client.SendAsync(request, Token);

            Assert.True((int)answer.StatusCode < 500, $"round {round}: {answer.StatusCode} for {Convert.ToHexString(bytes)}");
        }
    }
}
