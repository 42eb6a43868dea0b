using System.Text;
using System.Text.Json;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Simulator.Eset;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.World;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>A simulated ESET and one tenant's client for it; calls pass the tool's schema before its handler, as in the gate.</summary>
internal sealed class EsetRange : IAsyncDisposable
{
    private readonly SimulatedCompany _company;
    private readonly List<EsetClient> _clients = [];

    private EsetRange(SimulatedCompany company) => _company = company;

    public RunningPlatform Running => _company[Platform.Eset];

    public EsetControls Controls => _company.Eset;

    public Company World => _company.World;

    public List<string> Progress { get; } = [];

    public TimeProvider Time { get; private init; } = TimeProvider.System;

    public LogLines Log { get; } = new();

    public System.Security.Cryptography.X509Certificates.X509Certificate2? Certificate => _company.Certificate;

    public static async Task<EsetRange> StartAsync(int devices = 60, TimeProvider? time = null, bool https = false) => new(await SimulatedCompany.StartAsync(new()
    {
        Https = https,
        Devices = devices,
        OpenPorts = false,
        Platforms = [Platform.Eset],
        Time = time ?? TimeProvider.System,
    }))
    { Time = time ?? TimeProvider.System };

    /// <summary>Without pacing, which has a test of its own.</summary>
    public EsetSettings Settings(EsetDeployment deployment = EsetDeployment.Cloud) => new(
        deployment, User: Controls.User, Password: new Secret(Controls.Password), RequestsPerSecond: 0,
        SimulatorUrl: deployment == EsetDeployment.Cloud ? Address : null, ServerUrl: deployment == EsetDeployment.Onprem ? Address : null);

    public string Address => Running.BaseUrl.GetLeftPart(UriPartial.Authority);

    public UpstreamContext Context(bool allowLoopback = true) => new("contoso", Time, Log, Path.GetTempPath(), allowLoopback);

    public EsetClient Connect(EsetSettings? settings = null, SignInGuard? guard = null)
    {
        var client = new EsetClient(settings ?? Settings(), Context(), guard ?? new SignInGuard(Time));
        _clients.Add(client);
        return client;
    }

    /// <summary>A whole gate with this one tenant.</summary>
    public Task<TestGateway> GateAsync(TestGatewayOptions? options = null)
        => TestGateway.StartAsync(new EsetConnector(), Settings(), options ?? new TestGatewayOptions { UsesRealTime = true });

    public async Task<JsonElement> CallAsync(EsetClient client, string name, string arguments, CancellationToken cancellationToken = default)
    {
        await using var content = await ContentAsync(client, name, arguments, cancellationToken);
        return await JsonAsync(content);
    }

    public async Task<ToolContent> ContentAsync(EsetClient client, string name, string arguments, CancellationToken cancellationToken = default)
    {
        var tool = EsetTools.All.Single(tool => tool.Name == name || tool.Alias == name);
        var utf8 = Encoding.UTF8.GetBytes(arguments);
        Assert.Empty(tool.Input.Validate(utf8).Select(error => $"{name} {arguments} {error}"));
        var context = new ToolContext("0123456789abcdef", "contoso", Time, new Told(Progress));
        var before = Running.Journal.Total;
        try
        {
            return await tool.Handler(client, utf8, context, cancellationToken);
        }
        finally
        {
            // A simulator that breaks is a mistake of ours, whatever the client makes of it.
            Assert.All(Running.Journal.Entries(before), entry => Assert.DoesNotContain("Exception:", entry.Fault ?? ""));
        }
    }

    public static async Task<JsonElement> JsonAsync(ToolContent content)
    {
        if (content.Stream is null)
            return JsonElement.Parse(content.Bytes.Span);
        using var document = await JsonDocument.ParseAsync(content.Stream);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _company.DisposeAsync();
        Log.Dispose();
    }

    private sealed class Told(List<string> messages) : IProgress<ToolProgress>
    {
        public void Report(ToolProgress value)
        {
            lock (messages)
                messages.Add(value.Message ?? "");
        }
    }
}
