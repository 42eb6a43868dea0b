using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Hosting;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Operations;
using Sallyport.Hosting.Reload;
using Sallyport.Tests.Configuration;

namespace Sallyport.Tests.Hosting.Operations;

/// <summary>A gate with a settings file, served over HTTP on a free port with everything that keeps it in order.</summary>
internal sealed class OperatedGate : IAsyncDisposable
{
    public const string Admin = "token-of-the-admin-1";
    public const string Reader = "token-of-the-reader-1";
    public const string Foreign = "token-of-another-tenant";

    public const string Callers = $$"""
        callers:
          - { name: boss, token: {{Admin}}, role: admin }
          - { name: soc, token: {{Reader}}, role: reader, tenants: [contoso] }
          - { name: other, token: {{Foreign}}, role: admin, tenants: [fabrikam] }
        """;

    public const string Tenants = """
        defaultTenant: contoso
        tenants:
          contoso: { lamp: { label: first } }
          fabrikam: { lamp: { label: foreign } }
        """;

    private readonly SettingsBench _bench;
    private readonly RunningGateway _gateway;
    private readonly HttpHost _host;

    private OperatedGate(SettingsBench bench, LampConnector lamp, RunningGateway gateway, GateOperations operations, HttpHost host)
        => (_bench, Lamp, _gateway, Operations, _host) = (bench, lamp, gateway, operations, host);

    public LampConnector Lamp { get; }

    public GateOperations Operations { get; }

    public GatewayParts Parts => _gateway.Parts;

    public string Folder => _bench.Folder;

    public static Task<OperatedGate> StartAsync() => StartAsync($"{Callers}\n{Tenants}");

    public static async Task<OperatedGate> StartAsync(string yaml)
    {
        var lamp = new LampConnector();
        var bench = new SettingsBench { Connectors = [lamp], Yaml = yaml };
        bench.Variables["SALLYPORT_TRANSPORT"] = "http";
        bench.Variables["SALLYPORT_STATE__DIRECTORY"] = Path.Combine(bench.Folder, "state");
        bench.Variables["SALLYPORT_HTTP__LISTEN"] = "127.0.0.1:0";
        var source = bench.Source();
        var loaded = source.Load();
        Assert.Empty(loaded.Problems.Select(problem => problem.ToString()));
        var gateway = await GatewayBuilder.StartAsync(loaded.Settings!, bench.Connectors, NullLoggerFactory.Instance, TimeProvider.System, Cancel);
        var operations = new GateOperations(gateway, source, loaded);
        gateway.Parts.Operations = operations;
        var accounts = new RequestAccounts(gateway.Parts.Tenants.Tenants, bench.Connectors);
        var options = HttpSetup.Of(loaded.Settings!, accounts);
        var callers = new LiveCallers(options.FindCaller);
        operations.Settings.Applied += changed => callers.Use(HttpSetup.Of(changed, accounts).FindCaller);
        return new OperatedGate(bench, lamp, gateway, operations, await HttpHost.StartAsync(gateway.Parts, options with { FindCaller = callers.FindAsync }, Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path, string token = Admin) => SendAsync(HttpMethod.Get, path, token);

    public Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, string token = Admin, string body = "{}") => SendAsync(HttpMethod.Post, path, token, body);

    /// <summary>The label that the lamp of a tenant says it has.</summary>
    public async Task<string> LabelAsync(string tenant = "contoso")
    {
        var (status, json) = await PostAsync("/tools/lamp_light_read/execute", body: $$"""{"tenant":"{{tenant}}"}""");
        Assert.True(status == HttpStatusCode.OK, json.ToString());
        return json.GetProperty("label").GetString()!;
    }

    public async Task<SettingsState> ReloadAsync(string yaml)
    {
        _bench.Yaml = yaml;
        return await Operations.Settings.ReloadAsync("request", "boss", Cancel);
    }

    public void Remove(string file) => File.Delete(Path.Combine(Folder, file));

    public string Audit()
    {
        using var stream = new FileStream(Path.Combine(Folder, "state", "audit.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        Lamp.Release.TrySetResult();
        await _host.DisposeAsync();
        Operations.Dispose();
        await _gateway.DisposeAsync();
        _bench.Dispose();
    }

    private async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(HttpMethod method, string path, string token, string? body = null)
    {
        using var client = Client(token);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
