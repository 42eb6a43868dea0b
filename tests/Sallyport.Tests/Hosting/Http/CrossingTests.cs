using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Connectors;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Gateway.Approvals;
using Sallyport.Hosting;
using Sallyport.Hosting.Http;
using Sallyport.Tests.Configuration;
using Sallyport.Tests.Gateway;
using Sallyport.Tests.Mcp;

namespace Sallyport.Tests.Hosting.Http;

/// <summary>Ids that one tenant or caller was given, in the hands of another: answered to the byte as ids that nobody was ever given.</summary>
public sealed class CrossingTests : IAsyncLifetime
{
    private const string Change = "test_thing_change";
    private const string Scan = "019e1643c2807f8dbb7a64dc06c3895a";
    private const string UnknownScan = "019e1643c2807f8dbb7a64dc06c3895b";

    /// <summary>Who they are, their role and the tenants granted to them; each one's token is made of the name.</summary>
    private static readonly (string Name, string Role, string Tenants)[] Callers =
    [
        ("agent", "admin", "contoso"), ("colleague", "admin", "contoso"), ("lead", "approver", "contoso"),
        ("foreign-agent", "admin", "fabrikam"), ("foreign-lead", "approver", "fabrikam"), ("provider", "admin", "'*'"),
    ];

    private readonly string _unknown = HeldCall.NewId();
    private readonly SettingsBench _bench = new()
    {
        Connectors = [.. BuiltInConnectors.All, new TestConnector([TestConnector.Writing(Change)])],
        Yaml = $$"""
            mode: rw
            limits: { repeats: off, failedSignIns: off }
            http: { listen: "127.0.0.1:0" }
            callers: [ {{string.Join(", ", Callers.Select(caller => $"{{ name: {caller.Name}, token: token-of-{caller.Name}-0123456789, role: {caller.Role}, tenants: [{caller.Tenants}] }}"))}} ]
            tenants:
              contoso: { test: {}, network: { allowedTargets: [loopback] } }
              fabrikam: { test: {}, network: { allowedTargets: [loopback] } }
            """,
    };

    private RunningGateway _gateway = null!;
    private HttpHost _host = null!;
    private HttpClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench.Variables["SALLYPORT_STATE__DIRECTORY"] = Path.Combine(_bench.Folder, "state");
        var settings = _bench.Settings();
        new ScanJobFiles(Path.Combine(_bench.Folder, "state", "tenants", "contoso", "scans")).Save(
            new ScanJob(Scan, ScanJobStatus.Completed, DateTime.UnixEpoch, new ScanPorts("127.0.0.1")));
        _gateway = await GatewayBuilder.StartAsync(settings, _bench.Connectors, NullLoggerFactory.Instance, TimeProvider.System, Token);
        _host = await HttpHost.StartAsync(_gateway.Parts, HttpSetup.Of(settings), Token);
        _client = new HttpClient { BaseAddress = _host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _gateway.DisposeAsync();
        _bench.Dispose();
    }

    [Theory]
    [InlineData("colleague", "contoso")]
    [InlineData("provider", "contoso")]
    [InlineData("foreign-agent", "fabrikam")]
    public async Task An_approval_of_anothers_call_is_used_by_nobody_else_and_looks_like_none(string thief, string tenant)
    {
        var id = await HeldAsync();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("lead", $"approvals/{id}/approve", "{}")).Status);

        await SameAsync(id, _unknown, HttpStatusCode.Conflict, given => SendAsync(thief, $"tools/{Change}/execute", $$"""{"tenant":"{{tenant}}","approval":"{{given}}"}"""));
        await SameAsync(id, _unknown, HttpStatusCode.Conflict, given => SendAsync(thief, "tools/tools_call/execute", $$$"""{"tool":"{{{Change}}}","arguments":{"tenant":"{{{tenant}}}","approval":"{{{given}}}"}}"""));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("agent", $"tools/{Change}/execute", $$"""{"approval":"{{id}}"}""")).Status);
    }

    [Fact]
    public async Task A_held_call_of_another_tenant_is_decided_and_seen_by_no_approver_of_ours()
    {
        var id = await HeldAsync();

        foreach (var verb in (string[])["approve", "deny"])
            await SameAsync(id, _unknown, HttpStatusCode.NotFound, given => SendAsync("foreign-lead", $"approvals/{given}/{verb}", "{}"));
        await SameAsync(id, _unknown, HttpStatusCode.NotFound, given => PageAsync("foreign-lead", given));
        Assert.Equal("""{"approvals":[]}""", (await SendAsync("foreign-lead", "approvals")).Body);
        Assert.Contains(id, (await SendAsync("lead", "approvals")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PageAsync("lead", id)).Status);
    }

    [Theory]
    [InlineData("net_scan_status", """{"scan_id":"ID"}""")]
    [InlineData("net_scan_result", """{"scan_id":"ID"}""")]
    [InlineData("net_scan_cancel", """{"scan_id":"ID"}""")]
    [InlineData("net_scan_diff", """{"before":"ID","after":"ID"}""")]
    public async Task A_scan_of_another_tenant_looks_like_none(string tool, string arguments)
    {
        await SameAsync(Scan, UnknownScan, HttpStatusCode.NotFound, given => SendAsync("foreign-agent", $"tools/{tool}/execute", arguments.Replace("ID", given, StringComparison.Ordinal)));
        Assert.DoesNotContain(Scan, (await SendAsync("foreign-agent", "tools/net_scans_list/execute", "{}")).Body, StringComparison.Ordinal);
        Assert.Contains(Scan, (await SendAsync("agent", "tools/net_scans_list/execute", "{}")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("agent", "tools/net_scan_status/execute", $$"""{"scan_id":"{{Scan}}"}""")).Status);
    }

    [Fact]
    public async Task A_tenant_that_is_not_granted_is_named_in_vain_with_every_id()
    {
        var id = await HeldAsync();
        foreach (var (tool, arguments) in ((string, string)[])[(Change, $"\"approval\":\"{id}\""), ("net_scan_status", $"\"scan_id\":\"{Scan}\""), ("net_scan_cancel", $"\"scan_id\":\"{Scan}\"")])
            await SameAsync("contoso", "nowhere", HttpStatusCode.NotFound, given => SendAsync("foreign-agent", $"tools/{tool}/execute", $$"""{"tenant":"{{given}}",{{arguments}}}"""));
    }

    /// <summary>Both answers are the same but for the id itself and the id of the call.</summary>
    private static async Task SameAsync(string real, string madeUp, HttpStatusCode status, Func<string, Task<(HttpStatusCode Status, string Body)>> ask)
    {
        var (one, other) = (await ask(real), await ask(madeUp));
        Assert.Equal(Masked(other.Body, madeUp), Masked(one.Body, real));
        Assert.Equal((status, status), (one.Status, other.Status));
    }

    private static string Masked(string body, string id)
    {
        body = body.Replace(id, "ID", StringComparison.Ordinal);
        return body.StartsWith('{') && JsonElement.Parse(body).TryGetProperty("error", out var error) && error.TryGetProperty("callId", out var call)
            ? body.Replace(call.GetString()!, "CALL", StringComparison.Ordinal)
            : body;
    }

    private async Task<string> HeldAsync()
    {
        var (_, body) = await SendAsync("agent", $"tools/{Change}/execute", "{}");
        return JsonElement.Parse(body).GetProperty("error").GetProperty("approvalId").GetString()!;
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string caller, string path, string? body = null)
    {
        using var request = body is null ? new HttpRequestMessage(HttpMethod.Get, path) : TestEdge.Post(path, body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(caller));
        using var answer = await _client.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task<(HttpStatusCode Status, string Body)> PageAsync(string caller, string id)
    {
        using var form = new StringContent($"token={TokenOf(caller)}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _client.PostAsync(new Uri($"approvals/{id}", UriKind.Relative), form, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static string TokenOf(string caller) => $"token-of-{caller}-0123456789";
}
