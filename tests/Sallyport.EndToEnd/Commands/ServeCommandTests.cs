using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sallyport.EndToEnd.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private const string Token = "token-of-the-soc-agent-1";

    private readonly SallyportProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("0.0.0.0:0", "http.behindProxy: true")]
    [InlineData("127.0.0.1:0", "http.requireAuth: false")]
    public async Task Serving_where_strangers_could_walk_in_is_refused_with_the_way_out(string listen, string wayOut)
    {
        var run = await _program.RunAsync("serve", "--listen", listen);

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(wayOut, run.Error);
    }

    [Fact]
    public async Task Over_http_a_caller_with_the_right_token_is_served_and_nobody_else()
    {
        _program.Variables["SOC_TOKEN"] = Token;
        _program.Write("sallyport.yaml", "callers: [ { name: soc, token: '${env:SOC_TOKEN}', role: reader } ]\n");
        using var process = _program.Start("serve", "--listen", "127.0.0.1:0");
        try
        {
            var address = await SallyportProgram.AddressAsync(process.StandardError);
            using var client = new HttpClient { BaseAddress = address };
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/tools", Cancel)).StatusCode);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/tools", Cancel)).StatusCode);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/tools", Cancel)).StatusCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        _program.Variables["SOC_TOKEN"] = Token;
        _program.Write("sallyport.yaml", "callers: [ { name: soc, token: '${env:SOC_TOKEN}', role: reader } ]\n");

        var run = await _program.RunAsync("serve", "--listen", other.LocalEndpoint.ToString()!);

        Assert.Equal(2, run.Code);
        Assert.Contains($"{other.LocalEndpoint} cannot be listened on", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    [Fact]
    public async Task Over_standard_input_nothing_but_the_protocol_is_written_and_the_end_of_input_ends_it()
    {
        using var process = _program.Start("serve");
        const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(Initialize + "\n"), Cancel);
        await process.StandardInput.BaseStream.FlushAsync(Cancel);
        using var answer = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(Cancel))!);
        process.StandardInput.Close();
        var rest = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.Equal("sallyport", answer.RootElement.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(rest);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
