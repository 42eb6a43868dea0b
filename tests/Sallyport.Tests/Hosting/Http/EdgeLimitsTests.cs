using System.Net;
using System.Net.Sockets;
using System.Text;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting.Http;

/// <summary>Clients that take up the gate's connections and give nothing, at the level of bytes.</summary>
public sealed class EdgeLimitsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET /tools HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")]
    [InlineData("POST /tools/sample_text_echo/execute HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + TestEdge.ReaderToken + "\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + TestEdge.ReaderToken + "\r\nAccept: */*\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    public async Task A_client_that_does_not_finish_what_it_sends_is_cut_off(string begin)
    {
        await using var edge = await TestEdge.StartAsync(static options => options with { SlowClients = TimeSpan.FromSeconds(1.5) }, Token);
        using var socket = await ConnectAsync(edge, begin);

        var said = await ReadToEndAsync(socket);

        Assert.True(said.Length == 0 || said.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), said);
        using var answer = await edge.Client.GetAsync(new Uri("/tools", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_at_once()
    {
        await using var edge = await TestEdge.StartAsync(static options => options with { MaxConnections = 2 }, Token);
        using var first = await ConnectAsync(edge, "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        using var second = await ConnectAsync(edge, "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        await first.ReceiveAsync(new byte[1024], Token);
        await second.ReceiveAsync(new byte[1024], Token);

        using var third = await ConnectAsync(edge, "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

        Assert.Empty(await ReadToEndAsync(third));
    }

    [Fact]
    public async Task One_address_cannot_take_all_connections_and_has_its_place_again_when_one_of_its_own_ends()
    {
        const string Ask = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        await using var edge = await TestEdge.StartAsync(static options => options with { MaxConnectionsPerAddress = 2 }, Token);
        using var first = await ConnectAsync(edge, Ask);
        using var second = await ConnectAsync(edge, Ask);
        await first.ReceiveAsync(new byte[1024], Token);
        await second.ReceiveAsync(new byte[1024], Token);

        Assert.Equal(0, await AskAsync(edge, Ask));
        using (var neighbour = await ConnectAsync(edge, Ask, "127.0.0.2"))
            Assert.True(await neighbour.ReceiveAsync(new byte[1024], Token) > 0);

        first.Dispose();
        while (await AskAsync(edge, Ask) == 0)
        {
            // The end of the first one is noticed a moment later.
        }
    }

    [Fact]
    public async Task Headers_that_are_too_many_or_too_long_are_refused()
    {
        await using var edge = await TestEdge.StartAsync(Token);
        foreach (var headers in (string[])[$"X: {new string('x', 40_000)}\r\n", string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: y\r\n"))])
        {
            using var socket = await ConnectAsync(edge, $"GET /tools HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n");
            Assert.StartsWith("HTTP/1.1 431", await ReadToEndAsync(socket), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/sse")]
    [InlineData("/mcp")]
    public async Task A_stream_on_which_nothing_is_asked_or_answered_ends(string path)
    {
        await using var edge = await TestEdge.StartAsync(static options => options with { LegacySse = true, StreamIdle = TimeSpan.FromSeconds(1) }, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (path == "/mcp")
            request.Headers.Add("Mcp-Session-Id", await edge.InitializeAsync(Token));
        using var answer = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

        var said = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(": open", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_caller_cannot_take_all_streams()
    {
        await using var edge = await TestEdge.StartAsync(static options => options with { LegacySse = true }, Token);
        List<HttpResponseMessage> open = [];
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 21; i++)
        {
            refused = await edge.Client.GetAsync(new Uri("/sse", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
            open.Add(refused);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused!.StatusCode);
        Assert.All(open.SkipLast(1), stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        using var other = new HttpRequestMessage(HttpMethod.Get, "/sse");
        other.Headers.Authorization = new("Bearer", TestEdge.WriterToken);
        using var allowed = await edge.Client.SendAsync(other, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        open.ForEach(stream => stream.Dispose());
    }

    /// <summary>How many bytes came back; none where the connection was cut.</summary>
    private static async Task<int> AskAsync(TestEdge edge, string say)
    {
        try
        {
            using var socket = await ConnectAsync(edge, say);
            return await socket.ReceiveAsync(new byte[1024], Token);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static async Task<Socket> ConnectAsync(TestEdge edge, string say, string from = "127.0.0.1")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, edge.Address.Port, Token);
        await socket.SendAsync(Encoding.ASCII.GetBytes(say), Token);
        return socket;
    }

    /// <summary>Everything up to the end, or to where the connection was cut.</summary>
    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var (said, buffer) = (new StringBuilder(), new byte[1024]);
        try
        {
            while (await socket.ReceiveAsync(buffer, Token) is > 0 and var received)
                said.Append(Encoding.ASCII.GetString(buffer, 0, received));
        }
        catch (SocketException)
        {
            // What was said before is what counts.
        }

        return said.ToString();
    }
}
