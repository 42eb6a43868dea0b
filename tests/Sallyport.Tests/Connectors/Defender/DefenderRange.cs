using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Connectors.Defender;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Simulator.Defender;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Hosting.Journal;

namespace Sallyport.Tests.Connectors.Defender;

/// <summary>A simulated Defender on loopback and clients of its tenants.</summary>
internal sealed class DefenderRange : IAsyncDisposable
{
    private static readonly DefenderConnector Connector = new();

    private readonly List<IAsyncDisposable> _clients = [];

    private DefenderRange(SimulatedCompany company) => Company = company;

    public SimulatedCompany Company { get; }

    public DefenderControls Controls => Company.Defender;

    public SimulatedTenant Tenant => Controls.Default;

    public FaultPlan Faults => Company[Platform.Defender].Faults;

    public RequestJournal Journal => Company[Platform.Defender].Journal;

    /// <summary>Requests other than those for tokens.</summary>
    public IReadOnlyList<JournalEntry> Asked => [.. Journal.Entries().Where(entry => !entry.Path.Contains("/oauth2/", StringComparison.Ordinal))];

    public IReadOnlyList<JournalEntry> TokensAsked => [.. Journal.Entries().Where(entry => entry.Path.Contains("/oauth2/", StringComparison.Ordinal))];

    public static async Task<DefenderRange> StartAsync() => new(await SimulatedCompany.StartAsync(
        new SimulatorOptions { Devices = 25, Platforms = [Platform.Defender], OpenPorts = false }, TestContext.Current.CancellationToken));

    public DefenderSettings Settings(SimulatedTenant? tenant = null, ApiFlavor flavor = ApiFlavor.Graph)
    {
        var (origin, chosen) = (Company[Platform.Defender].BaseUrl.ToString(), tenant ?? Tenant);
        return new DefenderSettings(chosen.TenantId, chosen.ClientId, ClientSecret: new Secret(chosen.ClientSecret), ApiBase: origin, ApiFlavor: flavor, AuthorityHost: origin);
    }

    public DefenderClient Client(ApiFlavor flavor = ApiFlavor.Graph) => Client(Settings(flavor: flavor));

    public DefenderClient Client(DefenderSettings settings, TimeProvider? time = null)
    {
        var client = new DefenderClient(settings, new UpstreamContext("test", time ?? TimeProvider.System, NullLoggerFactory.Instance, Path.GetTempPath(), AllowLoopback: true));
        _clients.Add(client);
        return client;
    }

    /// <summary>Runs a tool's handler; arguments are taken to have passed the schema.</summary>
    public static async Task<JsonElement> CallAsync(DefenderClient client, string tool, string arguments)
    {
        var context = new ToolContext("c1", "test", TimeProvider.System);
        await using var content = await Connector.Tools.Single(known => known.Name == tool)
            .Handler(client, Encoding.UTF8.GetBytes(arguments), context, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(content.Bytes);
        return document.RootElement.Clone();
    }

    public static Task<UpstreamException> FailsAsync(DefenderClient client, string tool, string arguments)
        => Assert.ThrowsAsync<UpstreamException>(() => CallAsync(client, tool, arguments));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Company.DisposeAsync();
    }
}
