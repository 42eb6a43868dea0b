using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting;

namespace Sallyport.Tests.Hosting.Operations;

public sealed class ListChangeTests : IDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
    private const string Changed = "notifications/tools/list_changed";

    // Who is not told would listen for ever.
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public ListChangeTests() => _patience.CancelAfter(TimeSpan.FromMinutes(1));

    private CancellationToken Cancel => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task A_client_over_standard_input_is_told_and_then_lists_other_tools()
    {
        await using var gate = await OperatedGate.StartAsync();
        var (input, output) = (new Pipe(), new Pipe());
        var serving = StdioHost.RunAsync(gate.Parts, new Caller("local", "admin", ["*"], "stdio"), input.Reader.AsStream(), output.Writer.AsStream(), TimeSpan.FromSeconds(20), Cancel);
        using var lines = new StreamReader(output.Reader.AsStream());
        await SayAsync(Initialize);
        Assert.Contains("\"listChanged\":true", await lines.ReadLineAsync(Cancel));
        await SayAsync(Initialized);
        await SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.Contains("lamp_light_read", await lines.ReadLineAsync(Cancel));

        await gate.PostAsync("/tools/lamp_light_read/disable");
        var told = await lines.ReadLineAsync(Cancel);
        await SayAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        var listed = await lines.ReadLineAsync(Cancel);
        await input.Writer.CompleteAsync();
        await serving;

        Assert.Contains(Changed, told);
        Assert.Contains("lamp_light_hold", listed);
        Assert.DoesNotContain("lamp_light_read", listed);

        async Task SayAsync(string message) => await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(message + "\n"), Cancel);
    }

    [Fact]
    public async Task A_client_that_listens_in_a_session_is_told()
    {
        await using var gate = await OperatedGate.StartAsync();
        using var client = gate.Client(OperatedGate.Admin);
        using var opened = await client.SendAsync(Post(Initialize, null), Cancel);
        var session = opened.Headers.GetValues("Mcp-Session-Id").Single();
        (await client.SendAsync(Post(Initialized, session), Cancel)).Dispose();
        using var listening = await client.SendAsync(InSession(new HttpRequestMessage(HttpMethod.Get, "/mcp"), session), HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await listening.Content.ReadAsStreamAsync(Cancel));

        await gate.PostAsync("/tools/lamp_light_read/disable");

        string? line;
        while ((line = await lines.ReadLineAsync(Cancel)) is not null && !line.Contains(Changed, StringComparison.Ordinal))
        {
            // Signs of life.
        }

        Assert.NotNull(line);
    }

    private static HttpRequestMessage Post(string body, string? session)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return session is null ? Accepting(request) : InSession(request, session);
    }

    private static HttpRequestMessage InSession(HttpRequestMessage request, string session)
    {
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        return Accepting(request);
    }

    private static HttpRequestMessage Accepting(HttpRequestMessage request)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return request;
    }
}
