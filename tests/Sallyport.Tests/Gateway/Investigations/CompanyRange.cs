using System.Text.Json;
using Sallyport.Connectors.DefectDojo;
using Sallyport.Connectors.Defender;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Network;
using Sallyport.Connectors.Vectra;
using Sallyport.Core;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.World;
using Sallyport.Tests.Connectors.Network;
using Sallyport.Tests.Connectors.Vectra;

namespace Sallyport.Tests.Gateway.Investigations;

/// <summary>The whole simulated company behind one gate: four platforms over HTTP, and nmap with what it would find.</summary>
internal sealed class CompanyRange : IAsyncDisposable
{
    private readonly FakeNmap _nmap;

    private CompanyRange(SimulatedCompany company, TestGateway gate, FakeNmap nmap) => (Company, Gate, _nmap) = (company, gate, nmap);

    public SimulatedCompany Company { get; }

    public TestGateway Gate { get; }

    public Company World => Company.World;

    public static async Task<CompanyRange> StartAsync(TestGatewayOptions? options = null, int devices = 25, bool isReadOnly = true)
    {
        var company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = devices, OpenPorts = false, Time = options?.Time ?? TimeProvider.System }, TestContext.Current.CancellationToken);
        var nmap = new FakeNmap(Scanned(company.World));
        var tenant = new Tenant("contoso", isReadOnly, new Dictionary<string, object>
        {
            ["defectdojo"] = new DefectDojoSettings(company[Platform.DefectDojo].BaseUrl.ToString(), new Secret(company.DefectDojo.ApiKey), AllowInsecureHttp: true),
            ["defender"] = DefenderSettingsOf(company),
            ["eset"] = new EsetSettings(EsetDeployment.Cloud, User: company.Eset.User, Password: new Secret(company.Eset.Password), RequestsPerSecond: 0, SimulatorUrl: company[Platform.Eset].BaseUrl.GetLeftPart(UriPartial.Authority)),
            ["network"] = new NetworkSettings(),
            ["vectra"] = VectraRig.SettingsFor(company),
        });
        var gate = await TestGateway.StartAsync(
            [new DefectDojoConnector(), new DefenderConnector(), new EsetConnector(), new NetworkConnector(nmap.Programs), new VectraConnector()], [tenant],
            (options ?? new TestGatewayOptions()) with { UsesRealTime = true });
        return new CompanyRange(company, gate, nmap);
    }

    /// <summary>Scans the cast's network, so that the network tools know it too.</summary>
    public async Task ScanAsync()
    {
        var started = await Gate.ResultAsync("net_scan_start", """{"target":"10.1.2.0/24","ports":"22,80"}""");
        var arguments = $$"""{"scan_id":"{{started.GetProperty("scan_id").GetString()}}"}""";
        while ((await Gate.ResultAsync("net_scan_status", arguments)).GetProperty("status").GetString() is "queued" or "running")
            await Task.Yield();
    }

    public async Task<Look> LookAsync(string tool, string arguments = "{}")
    {
        var outcome = await Gate.CallAsync(tool, arguments);
        Assert.True(outcome is ToolOutcome.Succeeded, $"{tool} {arguments}: {outcome.Problem}");
        var succeeded = (ToolOutcome.Succeeded)outcome;
        return new Look(JsonElement.Parse(succeeded.Json.Span), succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        await Company.DisposeAsync();
        _nmap.Dispose();
    }

    private static DefenderSettings DefenderSettingsOf(SimulatedCompany company)
    {
        var (origin, tenant) = (company[Platform.Defender].BaseUrl.ToString(), company.Defender.Default);
        return new DefenderSettings(tenant.TenantId, tenant.ClientId, ClientSecret: new Secret(tenant.ClientSecret), ApiBase: origin, AuthorityHost: origin);
    }

    /// <summary>ws-37 by its name, the web server with an open port, the camera by its hardware address, and the shared address with neither.</summary>
    private static string Scanned(Company world) => $"""
        cat > nmap.xml <<'XML'
        <nmaprun scanner="nmap" version="7.95">
        <host><status state="up"/><address addr="10.1.2.3" addrtype="ipv4"/><hostnames><hostname name="ws-37.contoso.example" type="PTR"/></hostnames></host>
        <host><status state="up"/><address addr="10.1.2.10" addrtype="ipv4"/><hostnames><hostname name="srv-web-01.contoso.example" type="PTR"/></hostnames>
        <ports><port protocol="tcp" portid="80"><state state="open"/><service name="http" product="Apache httpd" version="2.4.49"/></port></ports></host>
        <host><status state="up"/><address addr="10.1.2.77" addrtype="ipv4"/><address addr="{world.Device(Cast.NetworkOnly).Mac}" addrtype="mac" vendor="Lumeta"/></host>
        <host><status state="up"/><address addr="10.1.2.40" addrtype="ipv4"/></host>
        <runstats><finished exit="success"/><hosts up="4" down="0" total="4"/></runstats></nmaprun>
        XML
        """;
}

/// <summary>A joined result, read for a test.</summary>
internal sealed record Look(JsonElement Json, ToolOutcome.Succeeded Outcome)
{
    public IReadOnlyList<JsonElement> Events => [.. Json.GetProperty("events").EnumerateArray()];

    public IReadOnlyList<JsonElement> Of(int classUid) => [.. Events.Where(row => row.GetProperty("class_uid").GetInt32() == classUid)];

    /// <summary>The status of one source, for one sort of question.</summary>
    public string Status(string source, string asked) => Json.GetProperty("sources").EnumerateArray()
        .Single(report => report.GetProperty("source").GetString() == source && report.GetProperty("asked").GetString() == asked).GetProperty("status").GetString()!;

    public IReadOnlyList<string> SourcesOf(JsonElement row) => [.. row.GetProperty("unmapped").GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("source").GetString()!).Order(StringComparer.Ordinal)];

    /// <summary>A text, without the envelope that marks it as untrusted.</summary>
    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("value", out var inner) ? inner.ToString() : value.ToString();

    public static string? Host(JsonElement row) => row.TryGetProperty("device", out var device) && device.TryGetProperty("hostname", out var name) ? Text(name) : null;
}
