using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Sallyport.EndToEnd.Network;

/// <summary>Scans as an agent makes them: the real program and the real nmap, through an MCP client.</summary>
public sealed class ScanOverMcpTests : IDisposable
{
    private readonly SallyportProgram _program = new();

    public ScanOverMcpTests() => _program.Write("sallyport.yaml", $$"""
        state: { directory: {{_program.Folder}}/state }
        tenants:
          lab:
            network:
              allowedTargets: [loopback]
              customTools:
                - name: net_words_show
                  description: Shows the words of its command line.
                  program: printf
                  fixedArguments: ["%s\\n"]
                  endOfOptions: true
                  options: [ { name: word, description: A word., pattern: "[a-z]{1,8}" } ]
        """);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task A_client_is_told_how_far_a_scan_is_and_gets_nmaps_own_output_as_a_resource()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/nmap"), "nmap is not installed.");
        await using var client = await ConnectAsync();
        var progress = new Steps();

        var result = await client.CallToolAsync(
            "net_ports_scan", new Dictionary<string, object?> { ["target"] = "127.0.0.0/25", ["ports"] = "1", ["raw_xml"] = true }, progress, cancellationToken: Cancel);

        Assert.NotEqual(true, result.IsError);
        Assert.True(result.StructuredContent!.Value.GetProperty("complete").GetBoolean());
        var documents = result.Content.OfType<EmbeddedResourceBlock>().Select(block => block.Resource).ToList();
        Assert.Equal(2, documents.Count);
        Assert.All(documents, document => Assert.Equal("application/xml", document.MimeType));
        Assert.Contains("1 of 2 parts done", progress.Seen);
    }

    [Fact]
    public async Task An_operators_own_program_is_listed_described_and_held_to_its_targets()
    {
        await using var client = await ConnectAsync();

        var tool = (await client.ListToolsAsync(cancellationToken: Cancel)).Single(one => one.Name == "net_words_show");
        var shown = await client.CallToolAsync(tool.Name, new Dictionary<string, object?> { ["target"] = "127.0.0.1", ["word"] = "abc" }, cancellationToken: Cancel);
        var refused = await client.CallToolAsync(tool.Name, new Dictionary<string, object?> { ["target"] = "10.0.0.1" }, cancellationToken: Cancel);
        var listed = await _program.RunAsync("tools", "--role", "scanner");

        Assert.Equal("Shows the words of its command line.", tool.Description);
        Assert.Equal("abc\n--\n127.0.0.1\n", shown.StructuredContent!.Value.GetProperty("stdout").GetProperty("value").GetString());
        Assert.Equal("invalid_arguments", refused.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("net_words_show", listed.Output);
    }

    private Task<McpClient> ConnectAsync() => McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
    {
        Command = SallyportProgram.Command[0],
        Arguments = [.. SallyportProgram.Command.Skip(1), "serve"],
        WorkingDirectory = _program.Folder,
        EnvironmentVariables = new Dictionary<string, string?> { ["HOME"] = _program.Folder },
    }), cancellationToken: Cancel);

    private sealed class Steps : IProgress<ProgressNotificationValue>
    {
        private readonly Lock _lock = new();
        private readonly List<string> _seen = [];

        public IReadOnlyList<string> Seen
        {
            get
            {
                lock (_lock) return [.. _seen];
            }
        }

        public void Report(ProgressNotificationValue value)
        {
            lock (_lock) _seen.Add(value.Message ?? "");
        }
    }
}
