using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;
using Sallyport.Mcp.Serving;
using Sallyport.Tests.Mcp;

namespace Sallyport.Bench;

/// <summary>The HTTP edge with every gate and the audit on, beside what bare Kestrel does with the same bytes.</summary>
internal static class EdgeBench
{
    public const string Token = "bench-token-0123456789";

    public static async Task RunAsync()
    {
        var answer = Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{{{new string('x', 200)}}}"}]}}""");
        var (upstream, upstreamAddress) = await BareServers.StartAsync(BareServers.Answer(Encoding.UTF8.GetBytes($$"""{"items":[{"id":1,"name":"{{new string('n', 400)}}"}]}""")));
        var (bare, bareAddress) = await BareServers.StartAsync(BareServers.Parse(answer));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
        var (passing, passingAddress) = await BareServers.StartAsync(BareServers.PassOn(client, upstreamAddress));
        await using var gate = await TestGate.StartAsync([new BenchConnector(upstreamAddress)], CancellationToken.None);
        var tokens = new TokenDirectory([(new Secret(Token), TestGate.Reader)]);
        var options = new HttpOptions(new IPEndPoint(IPAddress.Loopback, 0), new BearerCallers(tokens).FindAsync);
        await using var host = await HttpHost.StartAsync(gate.Parts, options, CancellationToken.None);
        var surfaces = new McpSurfaces(gate.Parts);
        // The same surface with nothing answered directly: what the protocol library alone does.
        await using var library = await HttpHost.StartAsync(
            options, caller => surfaces.For(caller) with { Direct = new DirectTools("[]"u8.ToArray(), static _ => false, static (_, _) => throw new InvalidOperationException()) { IsListed = false } },
            static _ => { }, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);

        var limit = await Load.RunAsync(bareAddress, Body("tools/call", Nothing), Headers("tools/call", "bench_nothing_do"));
        limit.Print("bare Kestrel, same JSON in and out");
        (await Load.RunAsync(new Uri(host.Address, "mcp"), Body("tools/call", Nothing), Headers("tools/call", "bench_nothing_do"))).Print("gate, tool that does nothing (goal 0.40)", limit);
        (await Load.RunAsync(new Uri(library.Address, "mcp"), Body("tools/call", Nothing), Headers("tools/call", "bench_nothing_do"))).Print("  the same through the protocol library", limit);
        var hub = await Load.RunAsync(passingAddress, Body("tools/call", Ask), Headers("tools/call", "bench_upstream_ask"));
        hub.Print("bare Kestrel to HttpClient and back");
        (await Load.RunAsync(new Uri(host.Address, "mcp"), Body("tools/call", Ask), Headers("tools/call", "bench_upstream_ask"))).Print("gate, tool that asks an upstream (goal 0.50)", hub);
        var listed = await Load.RunAsync(new Uri(library.Address, "mcp"), Body("tools/list", ""), Headers("tools/list"));
        listed.Print("tools/list of 175 tools, protocol library");
        (await Load.RunAsync(new Uri(host.Address, "mcp"), Body("tools/list", ""), Headers("tools/list"))).Print("tools/list of 175 tools, gate (goal 5)", listed);
        foreach (var app in (IEnumerable<Microsoft.AspNetCore.Builder.WebApplication>)[upstream, bare, passing])
            await app.DisposeAsync();
    }

    public const string Nothing = ",\"name\":\"bench_nothing_do\",\"arguments\":{\"text\":\"hello\",\"times\":3}";
    private const string Ask = ",\"name\":\"bench_upstream_ask\",\"arguments\":{}";

    public static byte[] Body(string method, string parameters) => Encoding.UTF8.GetBytes(
        $$$$"""{"jsonrpc":"2.0","id":1,"method":"{{{{method}}}}","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}{{{{parameters}}}}}}""");

    public static (string Name, string Value)[] Headers(string method, string? name = null) =>
    [
        ("Authorization", $"Bearer {Token}"), ("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method),
        .. name is null ? Array.Empty<(string, string)>() : [("Mcp-Name", name)],
    ];
}
