using System.Net;
using System.Text.Json;

namespace Sallyport.EndToEnd.Operating;

/// <summary>Looking after a gate that serves: the real program, its real settings file and its real state.</summary>
public sealed class OperatingTests : IDisposable
{
    private readonly SallyportProgram _program = new();

    public OperatingTests()
    {
        _program.Variables["SALLYPORT_STATE__DIRECTORY"] = Path.Combine(_program.Folder, "state");
        _program.Write("sallyport.yaml", ServedProgram.Settings());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Health_has_its_three_statuses_and_the_members_that_scripts_read()
    {
        using var gate = await ServedProgram.StartAsync(_program);

        var (status, json) = await gate.SendAsync(HttpMethod.Get, "/health", ServedProgram.Reader);

        Assert.Equal(json.GetProperty("status").GetString() switch { "healthy" => 200, "degraded" => 207, _ => 503 }, (int)status);
        Assert.Equal("http", json.GetProperty("transport").GetString());
        string[] expected = ["system_resources", "audit", "process_health", "config", "circuit_breakers", "platform_lab_network", "tool_availability"];
        Assert.Superset(expected.ToHashSet(), json.GetProperty("checks").EnumerateObject().Select(check => check.Name).ToHashSet());
        Assert.Equal(gate.ProcessId, json.GetProperty("checks").GetProperty("process_health").GetProperty("metadata").GetProperty("pid").GetInt32());
        Assert.Equal("CRITICAL", json.GetProperty("checks").GetProperty("audit").GetProperty("priority_name").GetString());
        Assert.Equal(json.GetProperty("status").GetString(), json.GetProperty("summary").GetProperty("overall_status").GetString());
    }

    [Fact]
    public async Task The_list_of_tools_and_their_health_say_which_version_of_a_program_they_have()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/nmap"), "nmap is not installed.");
        using var gate = await ServedProgram.StartAsync(_program);

        var (_, listed) = await gate.SendAsync(HttpMethod.Get, "/tools");
        var (_, health) = await gate.SendAsync(HttpMethod.Get, "/health");

        var scan = listed.GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == "net_ports_scan");
        var known = health.GetProperty("checks").GetProperty("tool_NmapTool").GetProperty("metadata");
        Assert.Matches(@"^\d+\.\d+", scan.GetProperty("version").GetString());
        Assert.Equal(scan.GetProperty("version").GetString(), known.GetProperty("version").GetString());
        Assert.Equal(scan.GetProperty("privileges").GetRawText(), known.GetProperty("privileges").GetRawText());
    }

    [Fact]
    public async Task A_call_is_seen_by_whoever_watches_and_the_gate_gives_signs_of_life()
    {
        using var gate = await ServedProgram.StartAsync(_program);
        using var client = gate.Client(ServedProgram.Admin);
        await using var stream = await client.GetStreamAsync("/events", Cancel);
        using var lines = new StreamReader(stream);

        await gate.SendAsync(HttpMethod.Post, "/tools/net_scans_list/execute", body: "{}");

        HashSet<string> seen = [];
        while (!seen.IsSupersetOf(["call started", "call finished", "health", "metrics"]) && await lines.ReadLineAsync(Cancel) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var data = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            seen.Add(data.TryGetProperty("phase", out var phase) ? $"call {phase.GetString()}" : data.GetProperty("type").GetString()!);
        }
    }

    [Fact]
    public async Task A_background_scan_is_followed_by_whoever_watches()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/nmap"), "nmap is not installed.");
        using var gate = await ServedProgram.StartAsync(_program);
        using var client = gate.Client(ServedProgram.Admin);
        await using var stream = await client.GetStreamAsync("/events", Cancel);
        using var lines = new StreamReader(stream);

        var (_, started) = await gate.SendAsync(HttpMethod.Post, "/tools/net_scan_start/execute", body: """{"target":"127.0.0.1","ports":"1"}""");

        List<string?> phases = [];
        while (phases.LastOrDefault() != "finished" && await lines.ReadLineAsync(Cancel) is { } line)
        {
            if (line != "event: scan")
                continue;
            await lines.ReadLineAsync(Cancel);
            var data = JsonDocument.Parse((await lines.ReadLineAsync(Cancel))!["data: ".Length..]).RootElement;
            Assert.Equal((started.GetProperty("scan_id").GetString(), "lab"), (data.GetProperty("scanId").GetString(), data.GetProperty("tenant").GetString()));
            phases.Add(data.GetProperty("phase").GetString());
        }

        Assert.Equal("started", phases[0]);
        Assert.Contains("progress", phases);
    }

    [Fact]
    public async Task A_tool_that_is_switched_off_stays_off_after_a_restart()
    {
        using (var gate = await ServedProgram.StartAsync(_program))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await gate.SendAsync(HttpMethod.Post, "/tools/net_scans_list/disable", ServedProgram.Reader)).Status);
            Assert.Equal(HttpStatusCode.OK, (await gate.SendAsync(HttpMethod.Post, "/tools/net_scans_list/disable")).Status);
        }

        using var again = await ServedProgram.StartAsync(_program);
        var (_, tools) = await again.SendAsync(HttpMethod.Get, "/tools");
        var (status, refused) = await again.SendAsync(HttpMethod.Post, "/tools/net_scans_list/execute");

        Assert.False(tools.GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == "net_scans_list").GetProperty("enabled").GetBoolean());
        Assert.Equal((HttpStatusCode.Forbidden, "tool_disabled"), (status, refused.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await again.SendAsync(HttpMethod.Post, "/tools/net_scans_list/enable")).Status);
        Assert.Equal(HttpStatusCode.OK, (await again.SendAsync(HttpMethod.Post, "/tools/net_scans_list/execute")).Status);
    }

    [Fact]
    public async Task A_written_file_is_applied_a_broken_one_changes_nothing_and_a_replaced_link_is_noticed()
    {
        using var gate = await ServedProgram.StartAsync(_program);

        _program.Write("sallyport.yaml", ServedProgram.Settings("10.1.0.0/16"));
        await gate.SettingsAsync(json => json.GetProperty("generation").GetInt32() == 2);
        var (_, outside) = await gate.SendAsync(HttpMethod.Post, "/tools/net_ports_scan/execute", body: """{"target":"127.0.0.1","ports":"1"}""");

        _program.Write("sallyport.yaml", "tenants: [");
        var broken = await gate.SettingsAsync(json => json.GetProperty("last_error").ValueKind == JsonValueKind.String);

        // As an orchestrator does it: another file, and the name put over it in one step.
        var other = _program.Write("other.yaml", ServedProgram.Settings("10.2.0.0/16"));
        File.Delete(Path.Combine(_program.Folder, "sallyport.yaml"));
        File.CreateSymbolicLink(Path.Combine(_program.Folder, "sallyport.yaml"), other);
        var linked = await gate.SettingsAsync(json => json.GetProperty("generation").GetInt32() == 3);

        Assert.Contains("10.1.0.0/16", outside.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(2, broken.GetProperty("generation").GetInt32());
        Assert.Equal(JsonValueKind.Null, linked.GetProperty("last_error").ValueKind);
    }

    [Fact]
    public async Task The_signal_that_other_services_know_reloads_and_does_not_end_the_program()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no such signal here.");
        using var gate = await ServedProgram.StartAsync(_program);
        _program.Variables.Clear();
        File.Move(_program.Write("sallyport.yaml.new", ServedProgram.Settings("10.3.0.0/16")), Path.Combine(_program.Folder, "sallyport.yaml"), overwrite: true);

        await SallyportProgram.SignalAsync(gate.ProcessId, "HUP", Cancel);

        await gate.SettingsAsync(json => json.GetProperty("generation").GetInt32() == 2);
        Assert.Equal(HttpStatusCode.OK, (await gate.SendAsync(HttpMethod.Get, "/health/live")).Status);
    }
}
