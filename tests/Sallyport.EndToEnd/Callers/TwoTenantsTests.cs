using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Sallyport.Simulator.Hosting;

namespace Sallyport.EndToEnd.Callers;

/// <summary>Two customers with companies of their own behind one gate, asked at the same time by callers of one, of the other and of both.</summary>
public sealed class TwoTenantsTests : IAsyncLifetime
{
    private const int Calls = 400;
    private const int AtOnce = 16;

    private static readonly string[] Tenants = ["contoso", "fabrikam"];

    private readonly Dictionary<string, SimulatedCompany> _companies = [];
    private readonly Dictionary<string, string> _tokens = new() { ["contoso"] = "token-of-contosos-agent-0123456789", ["fabrikam"] = "token-of-fabrikams-agent-0123456789", ["both"] = "token-of-the-provider-0123456789ab" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var tenant in Tenants)
        {
            _companies[tenant] = await SimulatedCompany.StartAsync(
                new SimulatorOptions { Seed = tenant.Length, Devices = 25, OpenPorts = false, Platforms = [Platform.Vectra, Platform.DefectDojo] }, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var company in _companies.Values)
            await company.DisposeAsync();
    }

    [Fact]
    public async Task Under_load_nothing_of_one_customer_is_ever_seen_by_or_sent_to_the_other()
    {
        await using var gate = await StartAsync();
        foreach (var tenant in Tenants)
        {
            var (status, json) = await gate.CallAsync("defectdojo_product_create", $$"""{"name":"canary of {{tenant}}","description":"secret of {{tenant}}","prod_type_id":1}""", _tokens[tenant], Cancel);
            Assert.True(status == HttpStatusCode.OK, json.ToString());
        }

        var problems = new ConcurrentQueue<string>();
        var seen = new ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (number, token) =>
        {
            var random = new Random(number);
            var tenant = Tenants[random.Next(2)];
            var other = Tenants.Single(name => name != tenant);
            var caller = random.Next(2) == 0 ? tenant : "both";
            var named = caller == "both" || random.Next(2) == 0 ? $"\"tenant\":\"{tenant}\"," : "";
            var (tool, arguments) = random.Next(3) switch
            {
                0 => ("defectdojo_products_list", $$"""{{{named}}"limit":{{random.Next(50, 100)}}}"""),
                1 => ("defectdojo_findings_list", $$"""{{{named}}"title":"question of {{tenant}} {{number}}"}"""),
                _ => ("vectra_detections_list", $$"""{{{named}}"limit":{{random.Next(1, 50)}}}"""),
            };
            var (status, json) = await gate.CallAsync(tool, arguments, _tokens[caller], token);
            var text = json.ToString();
            seen.AddOrUpdate($"{tool} {(text.Contains($"canary of {tenant}", StringComparison.Ordinal) ? "with" : "without")} canary", 1, (_, count) => count + 1);
            if (status != HttpStatusCode.OK || json.EnumerateObject().First() is not { Name: "tenant" } first || first.Value.GetString() != tenant)
                problems.Enqueue($"{caller} {tool} {arguments}: {(int)status} {text[..Math.Min(300, text.Length)]}");
            if (text.Contains($"canary of {other}", StringComparison.Ordinal) || text.Contains($"secret of {other}", StringComparison.Ordinal))
                problems.Enqueue($"{caller} saw {other} in {tool}");
            if (caller == "both")
                return;
            var (foreign, refusal) = await gate.CallAsync(tool, $$"""{"tenant":"{{other}}"}""", _tokens[caller], token);
            var (unknown, nobody) = await gate.CallAsync(tool, """{"tenant":"nowhere"}""", _tokens[caller], token);
            // Not granted and not there look the same, but for the id of the call.
            if (foreign != unknown || Said(refusal) != Said(nobody))
                problems.Enqueue($"{other} exists, {caller} learns: {refusal}");
        });

        Assert.True(problems.IsEmpty, string.Join('\n', problems.Take(10)));
        Assert.True(seen.GetValueOrDefault("defectdojo_products_list with canary") > 50, string.Join(", ", seen));
        foreach (var tenant in Tenants)
        {
            var other = Tenants.Single(name => name != tenant);
            foreach (var platform in _companies[tenant].Platforms)
            {
                var entries = platform.Journal.Entries();
                Assert.NotEmpty(entries);
                Assert.DoesNotContain(entries, entry => Uri.UnescapeDataString($"{entry.Query} {entry.Body}".Replace('+', ' ')).Contains($"of {other}", StringComparison.Ordinal));
                Assert.DoesNotContain(entries, entry => _tokens.Values.Any(token => $"{entry.Query}{entry.Body}{string.Join(' ', entry.Headers.Values)}".Contains(token, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task A_cursor_of_one_customer_continues_nothing_of_the_other_and_all_are_asked_with_a_star()
    {
        await using var gate = await StartAsync();
        const string Narrow = "\"limit\":100,\"fields\":[\"id\"]";
        var (_, page) = await gate.CallAsync("vectra_detections_list", $$"""{"tenant":"contoso",{{Narrow}}}""", _tokens["both"], Cancel);

        var (all, everywhere) = await gate.CallAsync("vectra_detections_list", """{"tenant":"*","limit":2}""", _tokens["both"], Cancel);
        var (own, only) = await gate.CallAsync("vectra_detections_list", """{"tenant":"*","limit":2}""", _tokens["fabrikam"], Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (all, own));
        Assert.Equal(Tenants, everywhere.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("tenant").GetString()));
        Assert.Equal(["fabrikam"], only.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("tenant").GetString()));
        if (!page.TryGetProperty("_capped", out var capped))
            return;
        var next = capped.GetProperty("next").GetString();
        var (crossed, refusal) = await gate.CallAsync("vectra_detections_list", $$"""{"tenant":"fabrikam",{{Narrow}},"cursor":"{{next}}"}""", _tokens["both"], Cancel);
        Assert.True(crossed == HttpStatusCode.BadRequest, refusal.ToString());
    }

    [Fact]
    public async Task When_one_customers_platform_fails_the_others_is_not_left_alone()
    {
        await using var gate = await StartAsync();
        _companies["contoso"][Platform.Vectra].Faults.Set(Sallyport.Simulator.Faults.Fault.ServerError, 1);

        // Retries take their time; all at once they take it once.
        await Task.WhenAll(Enumerable.Range(1, 12).Select(number => gate.CallAsync("vectra_detections_list", $$"""{"limit":{{number}}}""", _tokens["contoso"], Cancel)));
        var (_, failed) = await gate.CallAsync("vectra_detections_list", """{"limit":13}""", _tokens["contoso"], Cancel);
        var (status, json) = await gate.CallAsync("vectra_detections_list", """{"limit":13}""", _tokens["fabrikam"], Cancel);

        Assert.Equal("circuit_open", failed.GetProperty("error").GetProperty("code").GetString());
        Assert.True(status == HttpStatusCode.OK, json.ToString());
    }

    private static (string?, string?) Said(JsonElement refusal)
        => (refusal.GetProperty("error").GetProperty("code").GetString(), refusal.GetProperty("error").GetProperty("message").GetString());

    private async Task<ServedGate> StartAsync()
    {
        var program = new SallyportProgram();
        foreach (var (name, token) in _tokens)
            program.Variables[$"TOKEN_{name.ToUpperInvariant()}"] = token;
        return await ServedGate.StartAsync(program, $$"""
            allowLoopbackUpstream: true
            mode: rw
            state: { directory: {{program.Folder}} }
            limits: { concurrentCalls: 16 }
            callers:
              - { name: a, token: "${env:TOKEN_CONTOSO}", role: admin, tenants: [contoso] }
              - { name: b, token: "${env:TOKEN_FABRIKAM}", role: admin, tenants: [fabrikam] }
              - { name: both, token: "${env:TOKEN_BOTH}", role: admin, tenants: ["*"] }
            tenants:
              contoso: { {{Section("contoso")}} }
              fabrikam: { {{Section("fabrikam")}} }
            """, "127.0.0.1:0", Cancel);
    }

    private string Section(string tenant)
    {
        var (vectra, dojo) = (_companies[tenant][Platform.Vectra], _companies[tenant][Platform.DefectDojo]);
        return $$"""
            vectra: { baseUrl: "{{vectra.BaseUrl.GetLeftPart(UriPartial.Authority)}}", clientId: "{{vectra.Credentials["clientId"]}}", clientSecret: "{{vectra.Credentials["clientSecret"]}}" }, defectdojo: { url: "{{dojo.BaseUrl}}", apiKey: "{{_companies[tenant].DefectDojo.ApiKey}}", allowInsecureHttp: true }
            """.Trim();
    }
}
