using System.Net;
using System.Text;
using System.Text.Json;
using Sallyport.EndToEnd.Callers;
using Sallyport.Simulator.Hosting;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>The headers by which callers bring an ESET account, row by row, and two accounts whose calls come in turn.</summary>
public sealed class AccountHeaderTests : IAsyncLifetime
{
    private const string Second = "second@contoso.example:second-password";
    private const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";
    private const string ListDevices = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"eset_devices_list","arguments":{"pageSize":1}}}""";

    private SimulatedCompany _company = null!;
    private ServedGate _gate = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string First => $"{_company.Eset.User}:{_company.Eset.Password}";

    public async ValueTask InitializeAsync()
    {
        _company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 40, OpenPorts = false, Platforms = [Platform.Eset] }, Cancel);
        _company.Eset.Accounts["second@contoso.example"] = "second-password";
        _gate = await ServedGate.StartAsync($$"""
            allowLoopbackUpstream: true
            limits: { failedSignIns: 1000/60s }
            tenants:
              contoso: { eset: { simulatorUrl: "{{_company[Platform.Eset].BaseUrl.GetLeftPart(UriPartial.Authority)}}", requestCredentials: { servers: ["https://console.example:9443"] } } }
            """, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Fact]
    public async Task Each_header_that_is_wrong_has_its_status_at_every_door_and_nothing_is_dialled()
    {
        (HttpStatusCode Status, string? Authorization, string? Header, string? Value)[] rows =
        [
            (HttpStatusCode.Unauthorized, null, null, null),
            (HttpStatusCode.Unauthorized, "Bearer abc", null, null),
            (HttpStatusCode.Unauthorized, "Basic", null, null),
            (HttpStatusCode.Unauthorized, "Basic !!!", null, null),
            (HttpStatusCode.Unauthorized, "Basic /////w==", null, null),
            (HttpStatusCode.Unauthorized, Basic("no-colon"), null, null),
            (HttpStatusCode.Unauthorized, Basic(":password"), null, null),
            (HttpStatusCode.Unauthorized, Basic("user:"), null, null),
            (HttpStatusCode.BadRequest, Basic(First), "X-ESET-Region", "mars"),
            (HttpStatusCode.BadRequest, Basic(First), "X-ESET-Server-URL", "https://attacker.example"),
            (HttpStatusCode.BadRequest, Basic(First), "X-ESET-Server-URL", "https://console.example:9443/era"),
            (HttpStatusCode.BadRequest, Basic(First), "X-ESET-Server-URL", "https://[fd00::5"),
            (HttpStatusCode.BadRequest, Basic(First), "X-ESET-Server-URL", "http://console.example:9443"),
            (HttpStatusCode.BadRequest, Basic(First), "X-ESET-CF-Access-Client-Id", "half"),
            (HttpStatusCode.BadRequest, Basic(First), "X-ESET-CF-Access-Client-Secret", "half"),
        ];

        foreach (var (status, authorization, header, value) in rows)
        {
            foreach (var (path, body) in new[] { ("mcp", Initialize), ("mcp/", Initialize), ("tools/eset_devices_list/execute", "{}"), ("nowhere", "{}") })
            {
                using var answer = await SendAsync(path, body, authorization, (header, value));
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.True(answer.StatusCode == status, $"{path} {authorization} {header} {value}: {(int)answer.StatusCode} {text}");
                var challenges = answer.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var given) ? given.ToString() : "";
                Assert.Equal(status == HttpStatusCode.Unauthorized, challenges.EndsWith("Basic realm=\"ESET-MCP\", charset=\"UTF-8\"", StringComparison.Ordinal));
                Assert.True(JsonElement.Parse(text).TryGetProperty("error", out _), text);
            }
        }

        Assert.Equal(0, _company[Platform.Eset].Journal.Connections);
        Assert.DoesNotContain(_company.Eset.Password, await _gate.EndAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcp", Initialize, null, null, HttpStatusCode.OK)]
    [InlineData("mcp/", Initialize, null, null, HttpStatusCode.OK)]
    [InlineData("tools/eset_devices_list/execute", "{}", null, null, HttpStatusCode.OK)]
    [InlineData("tools/eset_devices_list/execute", "{}", "X-ESET-Region", "EU", HttpStatusCode.OK)]
    [InlineData("nowhere", "{}", null, null, HttpStatusCode.NotFound)]
    [InlineData("mcp", ListDevices, "Mcp-Session-Id", "no-such-session", HttpStatusCode.NotFound)]
    public async Task With_an_account_a_request_gets_the_status_of_what_it_asks_for(string path, string body, string? header, string? value, HttpStatusCode status)
    {
        using var answer = await SendAsync(path, body, Basic(First), (header, value));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Two_accounts_in_sessions_of_their_own_never_mix_and_neither_can_use_the_others()
    {
        var sessions = new Dictionary<string, string> { [First] = await OpenAsync(First), [Second] = await OpenAsync(Second) };
        var owners = await Task.WhenAll(Enumerable.Range(0, 24).Select(async turn =>
        {
            var account = turn % 2 == 0 ? First : Second;
            using var answer = await SendAsync("mcp", ListDevices, Basic(account), ("Mcp-Session-Id", sessions[account]));
            return (account, Owner(await answer.Content.ReadAsStringAsync(Cancel)));
        }));
        using var stolen = await SendAsync("mcp", ListDevices, Basic(Second), ("Mcp-Session-Id", sessions[First]));
        using var still = await SendAsync("mcp", ListDevices, Basic(First), ("Mcp-Session-Id", sessions[First]));

        Assert.Equal(2, owners.Distinct().Count());
        Assert.Equal(2, owners.Select(owner => owner.Item2).Distinct().Count());
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (stolen.StatusCode, still.StatusCode));
        Assert.Equal(2, _company[Platform.Eset].Journal.To("/oauth/token").Count);
    }

    private async Task<string> OpenAsync(string account)
    {
        using var answer = await SendAsync("mcp", Initialize, Basic(account), (null, null));
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private static string Owner(string answer)
    {
        var json = answer.StartsWith('{') ? answer : answer[answer.IndexOf('{')..];
        return JsonElement.Parse(json).GetProperty("result").GetProperty("structuredContent").GetProperty("devices")[0].GetProperty("ownerUuid").GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(string path, string body, string? authorization, (string? Name, string? Value) header)
        => _gate.SendAsync(
            HttpMethod.Post, path, null, Cancel, body,
            [("Accept", "application/json, text/event-stream"), .. authorization is null ? Array.Empty<(string, string)>() : [("Authorization", authorization)], .. header.Name is null ? Array.Empty<(string, string)>() : [(header.Name, header.Value!)]]);

    private static string Basic(string pair) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}";
}
