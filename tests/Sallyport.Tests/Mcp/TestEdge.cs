using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Tests.Mcp;

/// <summary>The whole HTTP edge over a test gate on a free port, with a client that speaks raw bytes.</summary>
internal sealed class TestEdge : IAsyncDisposable
{
    public const string ReaderToken = "reader-token-0123456789";
    public const string WriterToken = "writer-token-0123456789";
    public const string ApproverToken = "approver-token-0123456789";

    private readonly HttpHost _host;

    private TestEdge(TestGate gate, HttpHost host)
    {
        (Gate, _host) = (gate, host);
        Client = new HttpClient { BaseAddress = host.Address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ReaderToken);
    }

    public TestGate Gate { get; }

    public HttpClient Client { get; }

    public Uri Address => _host.Address;

    public Uri MetricsAddress => _host.MetricsAddress;

    public static Task<TestEdge> StartAsync(CancellationToken cancellationToken) => StartAsync(static options => options, cancellationToken);

    public static async Task<TestEdge> StartAsync(Func<HttpOptions, HttpOptions> change, CancellationToken cancellationToken)
    {
        var gate = await TestGate.StartAsync(cancellationToken);
        var tokens = new TokenDirectory(
        [
            (new Secret(ReaderToken), TestGate.Reader),
            (new Secret(WriterToken), TestGate.Writer),
            (new Secret(ApproverToken), TestGate.Approver),
        ]);
        // A busy machine must not turn short answers into event streams, which these tests do not read.
        var options = new HttpOptions(new IPEndPoint(IPAddress.Loopback, 0), new BearerCallers(tokens).FindAsync) { KeepAliveAfter = TimeSpan.FromMinutes(1) };
        try
        {
            return new TestEdge(gate, await HttpHost.StartAsync(gate.Parts, change(options), cancellationToken));
        }
        catch
        {
            await gate.DisposeAsync();
            throw;
        }
    }

    public static HttpRequestMessage Post(string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        return request;
    }

    /// <summary>A request of the current revision with the headers it needs.</summary>
    public static HttpRequestMessage Modern(string method, string parameters = "", string? name = null, string meta = "", string id = "1")
    {
        var members = parameters.Length == 0 ? "" : $",{parameters}";
        var request = Post("/mcp", $$$"""
            {"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}{{{meta}}}}{{{members}}}}}
            """);
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
            request.Headers.Add("Mcp-Name", name);
        return request;
    }

    public static HttpRequestMessage Call(string tool, string arguments = "{}", string meta = "", string id = "1")
        => Modern("tools/call", $$"""
            "name":"{{tool}}","arguments":{{arguments}}
            """, tool, meta, id);

    public static HttpRequestMessage InSession(string session, string body, string? token = null)
    {
        var request = Post("/mcp", body);
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    /// <summary>Opens a session as clients of older revisions do; gives its id.</summary>
    public async Task<string> InitializeAsync(CancellationToken cancellationToken)
    {
        using var answer = await Client.SendAsync(
            Post("/mcp", """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"old","version":"1"}}}"""), cancellationToken);
        answer.EnsureSuccessStatusCode();
        var session = answer.Headers.GetValues("Mcp-Session-Id").Single();
        using var ready = await Client.SendAsync(InSession(session, """{"jsonrpc":"2.0","method":"notifications/initialized"}"""), cancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, ready.StatusCode);
        return session;
    }

    public async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var answer = await Client.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        await Gate.DisposeAsync();
    }
}
