using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Simulator.Hosting;
using Sallyport.Tests.Gateway.Approvals;

namespace Sallyport.EndToEnd.Callers;

/// <summary>Two gates, each a process with a folder of its own, and the command line, sharing held calls in a real PostgreSQL.</summary>
public sealed partial class SharedApprovalsTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string Tool = "vectra_detections_mark_fixed";
    private const string Agent = "token-of-the-agent-0123456789";
    private const string Other = "token-of-another-agent-01234567";
    private const string Lead = "token-of-the-lead-0123456789";

    private SimulatedCompany _company = null!;
    private ServedGate _one = null!;
    private ServedGate _two = null!;
    private string _secret = "";
    private IReadOnlyList<long> _detections = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _company = await SimulatedCompany.StartAsync(new SimulatorOptions { Devices = 25, OpenPorts = false, Platforms = [Platform.Vectra] }, Cancel);
        var database = (await server.NewDatabaseAsync()).Reveal();
        using var enroller = new SallyportProgram();
        var enrolled = await enroller.RunAsync("approvals", "enroll", "alice");
        _secret = SecretLine().Match(enrolled.Error).Groups[1].Value;
        (_one, _two) = (await StartAsync(database, enrolled.Output), await StartAsync(database, enrolled.Output));
        var (_, page) = await _one.CallAsync("vectra_detections_list", """{"limit":5,"fields":["id"]}""", Agent, Cancel);
        _detections = [.. page.GetProperty("detections").EnumerateArray().Select(detection => detection.GetProperty("id").GetInt64())];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_one, _two, _company])
        {
            if (part is not null)
                await part.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_gate_holds_is_decided_elsewhere_and_used_once_although_both_gates_race_for_it(bool isDecidedByCommandLine)
    {
        var arguments = $$"""{"detection_ids":[{{_detections[0]}}],"mark_fixed":true""";
        var id = await HeldAsync(_one, arguments);
        Assert.Equal(id, await HeldAsync(_two, arguments));

        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(_two, id, "approve", Agent));
        if (isDecidedByCommandLine)
            await ApproveAtCommandLineAsync(id);
        else
            Assert.Equal(HttpStatusCode.OK, await DecideAsync(_two, id, "approve", Lead));
        var again = await DecideAsync(_one, id, "deny", Lead);
        var foreign = await _one.CallAsync(Tool, $"{arguments},\"approval\":\"{id}\"}}", Other, Cancel);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? _one : _two).CallAsync(Tool, $"{arguments},\"approval\":\"{id}\"}}", Agent, Cancel)));

        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal("approval_required", CodeOf(foreign.Json));
        Assert.Single(outcomes, outcome => outcome.Status == HttpStatusCode.OK);
        Assert.All(outcomes.Where(outcome => outcome.Status != HttpStatusCode.OK), outcome => Assert.Equal("approval_required", CodeOf(outcome.Json)));
        Assert.Single(_company[Platform.Vectra].Journal.Entries(), entry => entry.Method == "PATCH");
        var decision = Assert.Single((_one.Audit + _two.Audit).Split('\n'), line => line.Contains("\"event\":\"decision\"", StringComparison.Ordinal));
        var record = JsonElement.Parse(decision);
        Assert.Equal(isDecidedByCommandLine ? ("alice", "cli") : ("lead", "http"), (record.GetProperty("caller").GetString(), record.GetProperty("channel").GetString()));
    }

    [Fact]
    public async Task Of_two_people_who_decide_at_two_gates_at_once_one_is_told_that_it_was_decided_already()
    {
        foreach (var detection in _detections)
        {
            var arguments = $$"""{"detection_ids":[{{detection}}],"mark_fixed":true""";
            var id = await HeldAsync(_one, arguments);

            var said = await Task.WhenAll(DecideAsync(_one, id, "approve", Lead), DecideAsync(_two, id, "deny", Lead));
            var (_, json) = await _one.CallAsync(Tool, $"{arguments},\"approval\":\"{id}\"}}", Agent, Cancel);

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], said.Order());
            Assert.Equal(said[0] == HttpStatusCode.OK, !json.TryGetProperty("error", out _));
        }
    }

    private static string? CodeOf(JsonElement json) => json.GetProperty("error").GetProperty("code").GetString();

    private static async Task<string> HeldAsync(ServedGate gate, string arguments)
    {
        var (_, json) = await gate.CallAsync(Tool, arguments + "}", Agent, Cancel);
        Assert.True(CodeOf(json) == "approval_required", json.ToString());
        return json.GetProperty("error").GetProperty("approvalId").GetString()!;
    }

    private static async Task<HttpStatusCode> DecideAsync(ServedGate gate, string id, string verb, string token)
    {
        using var answer = await gate.SendAsync(HttpMethod.Post, $"approvals/{id}/{verb}", token, Cancel);
        return answer.StatusCode;
    }

    private async Task ApproveAtCommandLineAsync(string id)
    {
        _two.Program.Variables["SALLYPORT_APPROVER_SECRET"] = _secret;
        var listed = await _two.Program.RunAsync("approvals", "list");
        var approved = await _two.Program.RunAsync("approvals", "approve", id);
        Assert.Contains(id, listed.Output, StringComparison.Ordinal);
        Assert.True(approved.Code == 0, approved.Error);
    }

    private Task<ServedGate> StartAsync(string database, string person)
    {
        var program = new SallyportProgram { Variables = { ["DATABASE"] = database, ["KEY"] = "audit-key-of-both-gates-0123456789abcdef", ["AGENT"] = Agent, ["OTHER"] = Other, ["LEAD"] = Lead } };
        var vectra = _company[Platform.Vectra];
        return ServedGate.StartAsync(program, $$"""
            mode: rw
            allowLoopbackUpstream: true
            state: { directory: {{program.Folder}}/state, postgres: "${env:DATABASE}" }
            audit: { hmacKey: "${env:KEY}" }
            callers:
              - { name: agent, token: "${env:AGENT}", role: admin }
              - { name: other, token: "${env:OTHER}", role: admin }
              - { name: lead, token: "${env:LEAD}", role: approver }
            approvals:
              people:
            {{person.TrimEnd()}}
            tenants: { lab: { vectra: { baseUrl: "{{vectra.BaseUrl.GetLeftPart(UriPartial.Authority)}}", clientId: "{{vectra.Credentials["clientId"]}}", clientSecret: "{{vectra.Credentials["clientSecret"]}}" } } }
            """, "127.0.0.1:0", Cancel);
    }

    [GeneratedRegex("Secret, shown only now: (\\S+)")]
    private static partial Regex SecretLine();
}
