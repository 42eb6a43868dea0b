using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sallyport.EndToEnd.Mcp;
using Sallyport.Simulator.Hosting;

namespace Sallyport.EndToEnd.Callers;

/// <summary>A certified OAuth server in front, the shipped program behind it, a simulated platform behind that.</summary>
public sealed class OAuthTests : IAsyncLifetime
{
    private const string Tool = "vectra_detections_list";

    private readonly HttpClient _http = new();
    private SimulatedCompany _company = null!;
    private Process? _provider;
    private string _issuer = "";
    private string _secret = "";
    private string _resource = "";
    private int _port;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
        => _company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 25, OpenPorts = false, Platforms = [Platform.Vectra] }, Cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _provider?.Kill();
        _provider?.Dispose();
        await _company.DisposeAsync();
    }

    [Fact]
    public async Task The_official_client_finds_its_way_from_the_challenge_to_the_tools()
    {
        await using var gate = await StartAsync("jwt");

        var (exit, output) = await Node.RunAsync([Node.Script("oauth-client.mjs"), _resource, "reader", _secret, Tool], Cancel);

        Assert.True(exit == 0 && output.Contains($"found {Tool}", StringComparison.Ordinal), output + gate.Said);
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("opaque")]
    public async Task A_token_gives_its_role_and_never_goes_to_a_platform(string format)
    {
        await using var gate = await StartAsync(format);
        var (reader, lead) = (await TokenAsync("reader", "mcp"), await TokenAsync("lead", "mcp"));

        var (status, json) = await gate.CallAsync(Tool, """{"limit":3}""", reader, Cancel);
        var (write, refusal) = await gate.CallAsync("vectra_entity_note_create", """{"entity_id":1,"entity_type":"host","note":"x"}""", reader, Cancel);

        Assert.True(status == HttpStatusCode.OK, json.ToString());
        Assert.True(write == HttpStatusCode.Forbidden, refusal.ToString());
        Assert.DoesNotContain("_note_create", await ListAsync(gate, reader), StringComparison.Ordinal);
        Assert.Contains("_note_create", await ListAsync(gate, lead), StringComparison.Ordinal);
        Assert.Contains(format == "jwt" ? "oauth:reader" : "oauth-client:reader", gate.Audit, StringComparison.Ordinal);
        var journal = _company[Platform.Vectra].Journal.Entries();
        Assert.NotEmpty(journal);
        Assert.DoesNotContain(journal, entry => (entry.TokenId == "unknown" && entry.Path != "/oauth2/token") || $"{entry.Path}{entry.Query}{entry.Body}{string.Join(' ', entry.Headers.Values)}".Contains(reader, StringComparison.Ordinal));
        var left = await gate.EndAsync(Cancel);
        Assert.DoesNotContain(reader, left, StringComparison.Ordinal);
        Assert.DoesNotContain(_secret, left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("opaque")]
    public async Task What_is_wrong_with_a_token_is_said_by_status_and_challenge(string format)
    {
        await using var gate = await StartAsync(format);
        var metadata = $"{new Uri(_resource).GetLeftPart(UriPartial.Authority)}/.well-known/oauth-protected-resource/mcp";
        async Task<(HttpStatusCode Status, string Challenge)> With(string? token)
        {
            using var answer = await gate.SendAsync(HttpMethod.Get, "tools", token, Cancel);
            return (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString());
        }

        var (none, open) = await With(null);
        Assert.Equal(HttpStatusCode.Unauthorized, none);
        Assert.Equal($"Bearer realm=\"sallyport\", resource_metadata=\"{metadata}\", scope=\"mcp\"", open);
        var (wrong, invalid) = await With("made-up");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong);
        Assert.Contains("error=\"invalid_token\"", invalid, StringComparison.Ordinal);
        // For somebody else's server, for no scope of ours, and for a person without a role.
        Assert.Equal(HttpStatusCode.Unauthorized, (await With(await TokenAsync("reader", "mcp", "https://other.test/mcp"))).Status);
        var (step, lacking) = await With(await TokenAsync("reader", "other"));
        Assert.Equal(HttpStatusCode.Forbidden, step);
        Assert.Contains("error=\"insufficient_scope\", scope=\"mcp\"", lacking, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await With(await TokenAsync("nobody", "mcp"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await With(await TokenAsync("reader", "mcp"))).Status);
        Assert.Equal(0, _company[Platform.Vectra].Journal.Total);
        foreach (var path in (string[])[".well-known/oauth-protected-resource", ".well-known/oauth-protected-resource/mcp"])
        {
            var document = JsonElement.Parse(await gate.Client.GetStringAsync(path, Cancel));
            Assert.Equal(_resource, document.GetProperty("resource").GetString());
            Assert.Equal(_issuer, document.GetProperty("authorization_servers")[0].GetString());
        }
    }

    [Fact]
    public async Task When_the_server_changes_its_keys_new_tokens_work_and_a_dead_server_does_not_lock_anybody_out()
    {
        await using var gate = await StartAsync("jwt");
        var before = await TokenAsync("reader", "mcp");
        using (var first = await gate.SendAsync(HttpMethod.Get, "tools", before, Cancel))
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using (var rotated = await _http.PostAsync($"{_issuer}/rotate", null, Cancel))
            rotated.EnsureSuccessStatusCode();
        var after = await TokenAsync("reader", "mcp");
        var status = HttpStatusCode.Unauthorized;
        // Keys are fetched again after ten seconds at the earliest.
        for (var i = 0; i < 60 && status == HttpStatusCode.Unauthorized; i++)
        {
            using var answer = await gate.SendAsync(HttpMethod.Get, "tools", after, Cancel);
            status = answer.StatusCode;
            if (status == HttpStatusCode.Unauthorized)
                await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        }

        Assert.True(status == HttpStatusCode.OK, gate.Said);
        using var old = await gate.SendAsync(HttpMethod.Get, "tools", before, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        _provider!.Kill();
        using var still = await gate.SendAsync(HttpMethod.Get, "tools", after, Cancel);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private async Task<ServedGate> StartAsync(string format)
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");
        _port = ServedGate.FreePort();
        _resource = $"http://127.0.0.1:{_port}/mcp";
        _provider = Node.Start([Node.Script("provider.mjs"), _resource, format]);
        _ = _provider.StandardError.ReadToEndAsync(CancellationToken.None);
        var line = (await _provider.StandardOutput.ReadLineAsync(Cancel))!.Split(' ');
        (_issuer, _secret) = (line[0], line[1]);
        var vectra = _company[Platform.Vectra];
        var introspection = format == "opaque" ? $"introspection: {{ endpoint: '{_issuer}/token/introspection', clientId: lead, clientSecret: '${{env:PROVIDER_SECRET}}' }}" : "";
        var program = new SallyportProgram { Variables = { ["PROVIDER_SECRET"] = _secret } };
        return await ServedGate.StartAsync(program, $$"""
            allowLoopbackUpstream: true
            mode: rw
            state: { directory: {{program.Folder}} }
            limits: { failedSignIns: off }
            oauth:
              issuer: {{_issuer}}
              audience: {{_resource}}
              scopes: [mcp]
              roleClaim: groups
              roles: [ { value: soc-leads, role: writer }, { value: reader, role: reader } ]
              {{introspection}}
            tenants:
              contoso:
                vectra: { baseUrl: "{{vectra.BaseUrl.GetLeftPart(UriPartial.Authority)}}", clientId: "{{vectra.Credentials["clientId"]}}", clientSecret: "{{vectra.Credentials["clientSecret"]}}" }
            """, $"127.0.0.1:{_port}", Cancel);
    }

    private async Task<string> TokenAsync(string client, string scope, string? resource = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_issuer}/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", scope), new("resource", resource ?? _resource)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{client}:{_secret}")));
        using var answer = await _http.SendAsync(request, Cancel);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("access_token").GetString()!;
    }

    private static async Task<string> ListAsync(ServedGate gate, string token)
    {
        using var answer = await gate.SendAsync(HttpMethod.Get, "tools", token, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
