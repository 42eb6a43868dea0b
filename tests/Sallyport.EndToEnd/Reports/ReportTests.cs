using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sallyport.EndToEnd.Callers;
using Sallyport.EndToEnd.Mcp;
using Sallyport.Simulator.Hosting;

namespace Sallyport.EndToEnd.Reports;

/// <summary>Real scanners' reports on the whole road: an MCP client, the program as it ships, and a DefectDojo that parses them.</summary>
public sealed class ReportTests
{
    private const string Token = "token-of-the-release-pipeline-0123456789";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_sample_report_is_imported_listed_closed_and_reopened_by_an_mcp_client()
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "scans"));
        Assert.SkipUnless(Directory.Exists(folder), $"The sample reports are absent: there is no {folder}.");
        using var index = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "index.json"), Cancel));
        await using var company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 25, OpenPorts = false, Platforms = [Platform.DefectDojo] }, Cancel);
        await using var gate = await StartAsync(company);
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = new Uri(gate.Address, "mcp"),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {Token}" },
            }),
            cancellationToken: Cancel);
        List<string> wrong = [];

        foreach (var sample in index.RootElement.GetProperty("files").EnumerateArray())
        {
            var (file, expected) = (sample.GetProperty("file").GetString()!, sample.GetProperty("expected_findings").GetInt32());
            var imported = await CallAsync(client, "defectdojo_scan_import", new()
            {
                ["scan_type"] = sample.GetProperty("scan_type").GetString(),
                ["file_name"] = Path.GetFileName(file),
                ["file_content_base64"] = Convert.ToBase64String(await File.ReadAllBytesAsync(Path.Combine(folder, file), Cancel)),
                ["engagement_id"] = 1,
            });
            var page = await CallAsync(client, "defectdojo_findings_list", new() { ["test_id"] = imported.GetProperty("test_id").GetInt32(), ["limit"] = 1 });
            if (page.GetProperty("count").GetInt32() != expected)
                wrong.Add($"{file}: {page.GetProperty("count")} for {expected}");
            foreach (var finding in page.GetProperty("results").EnumerateArray().Where(finding => finding.GetProperty("active").GetBoolean()))
                await CloseAndReopenAsync(client, finding.GetProperty("id").GetInt32());
        }

        Assert.Empty(wrong);
        Assert.Equal(25, index.RootElement.GetProperty("files").GetArrayLength());
    }

    private static async Task CloseAndReopenAsync(McpClient client, int id)
    {
        var closed = await CallAsync(client, "defectdojo_finding_close", new() { ["finding_id"] = id, ["reason"] = "mitigated" });
        Assert.Equal((false, true), (closed.GetProperty("active").GetBoolean(), closed.GetProperty("is_mitigated").GetBoolean()));
        var reopened = await CallAsync(client, "defectdojo_finding_reopen", new() { ["finding_id"] = id });
        Assert.Equal((true, false), (reopened.GetProperty("active").GetBoolean(), reopened.GetProperty("is_mitigated").GetBoolean()));
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: Cancel);
        var text = result.Content.OfType<TextContentBlock>().First().Text;
        Assert.True(result.IsError != true, $"{tool}: {text}");
        return JsonElement.Parse(text);
    }

    private static Task<ServedGate> StartAsync(SimulatedCompany company)
    {
        var program = new SallyportProgram();
        program.Variables["PIPELINE_TOKEN"] = Token;
        program.Variables["DOJO_KEY"] = company.DefectDojo.ApiKey;
        return ServedGate.StartAsync(program, $$"""
            allowLoopbackUpstream: true
            mode: rw
            state: { directory: {{program.Folder}} }
            approvals: { require: never }
            limits: { mutations: 1000/60s }
            callers:
              - { name: pipeline, token: "${env:PIPELINE_TOKEN}", role: writer, tenants: ["*"] }
            tenants:
              contoso: { defectdojo: { url: "{{company[Platform.DefectDojo].BaseUrl}}", apiKey: "${env:DOJO_KEY}", allowInsecureHttp: true } }
            """, "127.0.0.1:0", Cancel);
    }
}
