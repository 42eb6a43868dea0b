using System.Text.Json;
using Sallyport.Connectors.Vectra;
using Sallyport.Core;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Hosting.Journal;
using Sallyport.Simulator.Vectra;
using Sallyport.Tests.Gateway;
using SimulatedPlatform = Sallyport.Simulator.Hosting.Platform;

namespace Sallyport.Tests.Connectors.Vectra;

/// <summary>A whole gate in front of a simulated Vectra platform, over real HTTP.</summary>
internal sealed class VectraRig : IAsyncDisposable
{
    private readonly SimulatedCompany _company;

    private VectraRig(SimulatedCompany company, TestGateway gateway) => (_company, Gateway) = (company, gateway);

    public TestGateway Gateway { get; }

    public RunningPlatform Platform => _company[SimulatedPlatform.Vectra];

    public VectraControls Controls => _company.Vectra;

    /// <summary>Requests to the API, without those for tokens.</summary>
    public IReadOnlyList<JournalEntry> Requests => Platform.Journal.To("/api/");

    public int TokenRequests => Platform.Journal.To("/oauth2/token").Count;

    public static async Task<VectraRig> StartAsync(
        Func<VectraSettings, VectraSettings>? change = null, TestGatewayOptions? options = null, SimulatorOptions? simulator = null)
    {
        var company = await SimulatedCompany.StartAsync((simulator ?? new()) with { OpenPorts = false, Platforms = [SimulatedPlatform.Vectra] });
        var settings = SettingsFor(company);
        var gateway = await TestGateway.StartAsync(new VectraConnector(), change?.Invoke(settings) ?? settings, options);
        return new VectraRig(company, gateway);
    }

    public static VectraSettings SettingsFor(SimulatedCompany company) => new(
        company[SimulatedPlatform.Vectra].BaseUrl.ToString(), company.Vectra.ClientId, new Secret(company.Vectra.ClientSecret), RateLimitRequests: 10_000);

    public Task<ToolOutcome> CallAsync(string tool, string arguments = "{}") => Gateway.CallAsync(tool, arguments);

    public Task<JsonElement> ResultAsync(string tool, string arguments = "{}") => Gateway.ResultAsync(tool, arguments);

    /// <summary>The code with which a call must fail or be refused.</summary>
    public async Task<string> CodeAsync(string tool, string arguments = "{}")
    {
        var outcome = await CallAsync(tool, arguments);
        return outcome.Problem?.Code ?? "succeeded";
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _company.DisposeAsync();
    }
}
