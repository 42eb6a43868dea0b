using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.DefectDojo;
using Sallyport.Core;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Hosting;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.DefectDojo;

/// <summary>A simulated DefectDojo on loopback, and a whole gate in front of it.</summary>
internal sealed class DojoRange : IAsyncDisposable
{
    private DojoRange(SimulatedCompany company, TestGateway gateway) => (Company, Gate) = (company, gateway);

    public SimulatedCompany Company { get; }

    public TestGateway Gate { get; }

    public RunningPlatform Platform => Company[Sallyport.Simulator.Hosting.Platform.DefectDojo];

    public static async Task<DojoRange> StartAsync(Func<DefectDojoSettings, DefectDojoSettings>? change = null, TestGatewayOptions? options = null)
    {
        var company = await SimulatedCompany.StartAsync(
            new SimulatorOptions { Devices = 25, Platforms = [Sallyport.Simulator.Hosting.Platform.DefectDojo], OpenPorts = false }, TestContext.Current.CancellationToken);
        var settings = new DefectDojoSettings(
            company[Sallyport.Simulator.Hosting.Platform.DefectDojo].BaseUrl.ToString(), new Secret(company.DefectDojo.ApiKey), AllowInsecureHttp: true);
        var gateway = await TestGateway.StartAsync(new DefectDojoConnector(), change?.Invoke(settings) ?? settings, (options ?? new TestGatewayOptions()) with { UsesRealTime = true });
        return new DojoRange(company, gateway);
    }

    public Task<JsonElement> ResultAsync(string tool, string arguments = "{}") => Gate.ResultAsync(tool, arguments);

    public async Task<string> RefusedAsync(string tool, string arguments) => (await Gate.CallAsync(tool, arguments)).Problem is { } problem ? problem.Code : "";

    public async Task<ToolError> ProblemAsync(string tool, string arguments) => (await Gate.CallAsync(tool, arguments)).Problem!;

    public async Task<JsonElement> ImportAsync(string scanType, string fileName, byte[] report, string tool = "import_scan", string target = "engagement_id", int id = 1)
        => await ResultAsync(tool, new JsonObject
        {
            ["scan_type"] = scanType,
            ["file_name"] = fileName,
            ["file_content_base64"] = Convert.ToBase64String(report),
            [target] = id,
        }.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        await Company.DisposeAsync();
    }
}
