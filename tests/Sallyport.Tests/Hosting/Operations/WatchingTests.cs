using System.Net;
using System.Text.Json;

namespace Sallyport.Tests.Hosting.Operations;

public sealed class WatchingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_tells_each_caller_about_its_own_tenants_only()
    {
        await using var gate = await OperatedGate.StartAsync();

        var (status, json) = await gate.GetAsync("/health", OperatedGate.Reader);

        var checks = json.GetProperty("checks").EnumerateObject().Select(check => check.Name).ToList();
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.MultiStatus, $"{status}");
        Assert.Equal("http", json.GetProperty("transport").GetString());
        Assert.Contains("platform_contoso_lamp", checks);
        Assert.DoesNotContain("fabrikam", json.GetRawText());
        Assert.Contains("platform_fabrikam_lamp", (await gate.GetAsync("/health")).Json.GetProperty("checks").EnumerateObject().Select(check => check.Name));
    }

    [Fact]
    public async Task A_platform_that_is_away_degrades_the_gate_and_says_why()
    {
        await using var gate = await OperatedGate.StartAsync();
        gate.Lamp.IsBroken = true;

        var (status, json) = await gate.GetAsync("/health");

        var check = json.GetProperty("checks").GetProperty("platform_contoso_lamp");
        Assert.Equal((HttpStatusCode.MultiStatus, "degraded"), (status, json.GetProperty("status").GetString()));
        Assert.Equal(("unhealthy", "The lamp is away."), (check.GetProperty("status").GetString(), check.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Credentials_that_a_platform_refused_are_not_shown_to_it_again_with_every_look()
    {
        await using var gate = await OperatedGate.StartAsync();
        gate.Lamp.RefusesUs = true;

        await gate.GetAsync("/health");
        await gate.Operations.Health.LookAsync(Cancel);
        var (_, still) = await gate.GetAsync("/health");
        var probes = gate.Lamp.Probes;
        await gate.ReloadAsync($"{OperatedGate.Callers}\n{OperatedGate.Tenants.Replace("first", "second")}");
        await gate.Operations.Health.LookAsync(Cancel);

        Assert.Equal("unhealthy", still.GetProperty("checks").GetProperty("platform_contoso_lamp").GetProperty("status").GetString());
        Assert.Equal((2, 3), (probes, gate.Lamp.Probes));
    }

    [Fact]
    public async Task Health_needs_a_caller_and_the_two_for_orchestrators_do_not()
    {
        await using var gate = await OperatedGate.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await gate.GetAsync("/health", "nobody")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gate.GetAsync("/health/live", "nobody")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gate.GetAsync("/health/ready", "nobody")).Status);
    }

    [Fact]
    public async Task Who_watches_sees_calls_holds_and_circuits_of_its_own_tenants()
    {
        await using var gate = await OperatedGate.StartAsync();
        using var watch = await Watching.StartAsync(gate, OperatedGate.Reader);

        await gate.LabelAsync("fabrikam");
        await gate.LabelAsync();
        await gate.PostAsync("/circuits/fabrikam/lamp/open");
        await gate.PostAsync("/circuits/contoso/lamp/open");

        var seen = await watch.ReadAsync(3);
        Assert.Equal(["call", "call", "breaker"], seen.Select(one => one.Kind));
        Assert.All(seen, one => Assert.Equal("contoso", one.Json.GetProperty("tenant").GetString()));
        Assert.Equal(["started", "finished"], seen.Take(2).Select(one => one.Json.GetProperty("phase").GetString()));
        Assert.Equal("succeeded", seen[1].Json.GetProperty("outcome").GetString());
        Assert.Equal(("CLOSED", "OPEN"), (seen[2].Json.GetProperty("from").GetString(), seen[2].Json.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_misses_nothing()
    {
        await using var gate = await OperatedGate.StartAsync();
        string last;
        using (var first = await Watching.StartAsync(gate, OperatedGate.Admin))
        {
            await gate.LabelAsync();
            last = (await first.ReadAsync(1))[0].Id;
        }

        await gate.LabelAsync("fabrikam");
        using var again = await Watching.StartAsync(gate, OperatedGate.Admin, last);

        var seen = await again.ReadAsync(3);
        Assert.Equal(["contoso", "fabrikam", "fabrikam"], seen.Select(one => one.Json.GetProperty("tenant").GetString()));
    }

    [Fact]
    public async Task A_caller_may_watch_twice_and_not_three_times()
    {
        await using var gate = await OperatedGate.StartAsync();
        using var first = await Watching.StartAsync(gate, OperatedGate.Reader);
        using var second = await Watching.StartAsync(gate, OperatedGate.Reader);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await gate.GetAsync("/events", OperatedGate.Reader)).Status);
        using var other = await Watching.StartAsync(gate, OperatedGate.Admin);
    }

    /// <summary>A client that reads the stream of events.</summary>
    private sealed class Watching(HttpClient client, HttpResponseMessage answer, StreamReader lines) : IDisposable
    {
        public static async Task<Watching> StartAsync(OperatedGate gate, string token, string? last = null)
        {
            var client = gate.Client(token);
            if (last is not null)
                client.DefaultRequestHeaders.Add("Last-Event-ID", last);
            var answer = await client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
            Assert.Equal("retry: 5000", await lines.ReadLineAsync(Cancel));
            return new Watching(client, answer, lines);
        }

        /// <summary>The next named events; the unnamed ones that come at intervals are left out.</summary>
        public async Task<IReadOnlyList<(string Kind, string Id, JsonElement Json)>> ReadAsync(int count)
        {
            List<(string, string, JsonElement)> seen = [];
            while (seen.Count < count && await lines.ReadLineAsync(Cancel) is { } line)
            {
                if (!line.StartsWith("event: ", StringComparison.Ordinal))
                    continue;
                var id = (await lines.ReadLineAsync(Cancel))!["id: ".Length..];
                seen.Add((line["event: ".Length..], id, JsonDocument.Parse((await lines.ReadLineAsync(Cancel))!["data: ".Length..]).RootElement));
            }

            return seen;
        }

        public void Dispose()
        {
            lines.Dispose();
            answer.Dispose();
            client.Dispose();
        }
    }
}
