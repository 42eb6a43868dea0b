using System.Text;
using Sallyport.Connectors.Network;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;
using Sallyport.Tests.Configuration;

namespace Sallyport.Tests.Connectors.Network;

public sealed class NetworkConnectorTests
{
    private readonly NetworkConnector _connector = new();

    [Fact]
    public void Every_tool_asks_for_the_permission_to_scan_and_only_reads()
        => Assert.All(_connector.Tools, tool => Assert.Equal((ToolAccess.Read, ToolPermission.Scan), (tool.Access, tool.Permission)));

    [Fact]
    public void The_scan_answers_to_the_reference_servers_name()
        => Assert.Equal("NmapTool", _connector.Tools.Single(tool => tool.Name == "net_ports_scan").Alias);

    [Theory]
    [InlineData("""{"target":"10.0.0.1"}""")]
    [InlineData("""{"target":"192.168.1.1","extra_args":"-sV --top-ports 100","timeout_sec":300,"correlation_id":"scan-001"}""")]
    [InlineData("""{"target":"10.0.0.0/24","template":"quick","scan":"syn_and_udp","scripts":["safe"],"host_discovery":"skip","detail":"full"}""")]
    public void What_the_reference_server_took_and_the_typed_fields_pass_the_schema(string arguments)
        => Assert.Empty(_connector.Tools[0].Input.Validate(Encoding.UTF8.GetBytes(arguments)));

    [Theory]
    [InlineData("{}", "target")]
    [InlineData("""{"target":""}""", "target")]
    [InlineData("""{"target":"10.0.0.1","timeout_sec":0}""", "timeout_sec")]
    [InlineData("""{"target":"10.0.0.1","timeout_sec":3601}""", "timeout_sec")]
    [InlineData("""{"target":"10.0.0.1","correlation_id":"a\nb"}""", "correlation_id")]
    [InlineData("""{"target":"10.0.0.1","template":"aggressive"}""", "template")]
    [InlineData("""{"target":"10.0.0.1","command":"id"}""", "command")]
    public void What_does_not_fit_the_schema_is_named(string arguments, string path)
        => Assert.Equal(path, Assert.Single(_connector.Tools[0].Input.Validate(Encoding.UTF8.GetBytes(arguments))).Path);

    [Fact]
    public void No_settings_at_all_are_good_settings()
    {
        Assert.Empty(_connector.Settings.Schema.Validate("{}"u8));
        Assert.Empty(_connector.Settings.Check(_connector.Settings.Read("{}"u8.ToArray())));
    }

    [Fact]
    public void A_scheduled_scan_becomes_a_call_to_start_it_that_passes_the_tools_schema()
    {
        var settings = """{"schedules":[{"name":"nightly","cron":"0 2 * * *","scan":{"target":"10.0.0.0/24","topPorts":100,"scan":"connect"}}]}"""u8.ToArray();
        Assert.Empty(_connector.Settings.Schema.Validate(settings));

        var call = Assert.Single(_connector.SchedulesOf(_connector.Settings.Read(settings)));

        Assert.Equal(("nightly", "net_scan_start", "scanner"), (call.Name, call.Tool, call.Role));
        Assert.Empty(_connector.Tools.Single(tool => tool.Name == call.Tool).Input.Validate(call.Arguments.Span));
        Assert.Contains("\"correlation_id\":\"schedule:nightly\"", Encoding.UTF8.GetString(call.Arguments.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"schedules":[{"name":"nightly","cron":"0 25 * * *","scan":{"target":"10.0.0.1"}}]}""", "schedules[0].cron", "hour")]
    [InlineData("""{"allowedTargets":["RFC1918","intranet"]}""", "allowedTargets", "'intranet'")]
    [InlineData("""{"deniedTargets":["10.0.0.0/7"]}""", "deniedTargets", "too wide")]
    [InlineData("""{"dnsServers":["8.8.8.8"]}""", "dnsServers", "'8.8.8.8'")]
    [InlineData("""{"dnsServers":["ns.lab.internal"]}""", "dnsServers", "'ns.lab.internal'")]
    public void Settings_that_make_no_sense_are_found_at_the_start(string settings, string path, string message)
    {
        var error = Assert.Single(_connector.Settings.Check(_connector.Settings.Read(Encoding.UTF8.GetBytes(settings))));

        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_servers_variables_become_settings_and_are_brought_into_range()
    {
        var import = new SettingsImport(new Dictionary<string, string>
        {
            ["MCP_SECURITY_ALLOWED_TARGETS"] = "RFC1918,.lab.internal",
            ["MCP_SECURITY_ALLOW_INTRUSIVE"] = "false",
            ["MCP_SECURITY_MAX_ARGS_LENGTH"] = "4096",
            ["MCP_MAX_ARGS_LEN"] = "1024",
            ["MCP_MAX_MEMORY_MB"] = "64",
            ["TOOL_NMAP_TIMEOUT"] = "900",
            ["MCP_TOOL_DEFAULT_TIMEOUT"] = "300",
            ["MCP_SECURITY_CONCURRENCY_LIMIT"] = "3",
        });

        _connector.ImportEnvironment(import);

        var settings = import.Settings.GroupBy(setting => setting.Path["tenants.default.network.".Length..]).ToDictionary(group => group.Key, group => group.Last().Value);
        Assert.Equal("RFC1918,.lab.internal", settings["allowedTargets"]);
        Assert.Equal(("4096", "128", "900", "3"), (settings["maxArgumentBytes"], settings["maxMemoryMegabytes"], settings["scanSeconds"], settings["concurrency"]));
        Assert.Equal("MCP_MAX_MEMORY_MB is outside 128 to 8192; 128 is used.", Assert.Single(import.Warnings));
    }

    [Fact]
    public void The_variables_of_single_tools_set_their_circuits_and_leave_them_out()
    {
        var import = new SettingsImport(new Dictionary<string, string>
        {
            ["TOOL_NMAP_FAILURE_THRESHOLD"] = "20",
            ["TOOL_NMAP_RECOVERY_TIMEOUT"] = "90",
            ["TOOL_DIG_RECOVERY_TIMEOUT"] = "600",
            ["TOOL_PING_ENABLED"] = "no",
            ["TOOL_EXCLUDE"] = "DigTool",
            ["TOOL_MASSCAN_RATE"] = "1000",
            ["TOOL_NMAP_RATE_LIMIT"] = "3",
            ["TOOL_PING_PRIORITY"] = "high",
            ["TOOLCHAIN"] = "x",
        });

        _connector.ImportEnvironment(import);

        var settings = import.Settings.ToDictionary(setting => setting.Path, setting => setting.Value);
        Assert.Equal(("10", "90s"), (settings["circuitBreaker.upstreams.nmap.failureThreshold"], settings["circuitBreaker.upstreams.nmap.recoveryTimeout"]));
        Assert.Equal(("300s", "DigTool,net_host_ping"), (settings["circuitBreaker.upstreams.dns.recoveryTimeout"], settings["tools.exclude"]));
        Assert.Equal(
            ["TOOL_DIG_RECOVERY_TIMEOUT", "TOOL_MASSCAN_RATE", "TOOL_NMAP_FAILURE_THRESHOLD", "TOOL_PING_PRIORITY"],
            import.Warnings.Select(warning => warning.Split(' ')[0]).Order());
    }

    /// <summary>A general variable sets all tools, each within its own range; a tool's own wins over it.</summary>
    [Fact]
    public void Time_places_and_pace_of_each_tool_come_from_its_own_variables_and_then_from_the_general_ones()
    {
        using var bench = new SettingsBench { Connectors = [_connector] };
        bench.Variables["MCP_TOOL_DEFAULT_TIMEOUT"] = "120";
        bench.Variables["MCP_DEFAULT_CONCURRENCY"] = "8";
        bench.Variables["TOOL_DIG_TIMEOUT"] = "1";
        bench.Variables["TOOL_PING_CONCURRENCY"] = "2";
        bench.Variables["TOOL_NMAP_RATE_LIMIT"] = "3";
        bench.Variables["TOOL_TRACEROUTE_RATE_LIMIT"] = "off";

        var settings = bench.Settings();
        var network = (NetworkSettings)settings.Tenants["default"].Connectors["network"];

        Assert.Equal((120, 5, 120, 120), (network.ScanSeconds, network.Dns!.Seconds, network.Ping!.Seconds, network.Traceroute!.Seconds));
        Assert.Equal((5, 8, 2, 8), (network.ScanConcurrency, network.Dns.Concurrency, network.Ping.Concurrency, network.Traceroute.Concurrency));
        Assert.Equal([("NmapTool", "3/60s"), ("net_route_trace", "off")], settings.Limits.Tools!.Select(rate => (rate.Tool, rate.Rate)));
    }

    /// <summary>Whoever may write the file must not give themselves more than the gate was started with, by whatever detour.</summary>
    [Theory]
    [InlineData(false, false, true, false, false, "allowIntrusive")]
    [InlineData(false, false, true, true, false, "allowIntrusiveReload,allowIntrusive")]
    [InlineData(false, false, false, true, false, "allowIntrusiveReload")]
    [InlineData(false, true, true, true, true, "")]
    [InlineData(false, true, true, false, true, "")]
    [InlineData(true, false, true, false, true, "")]
    [InlineData(true, false, false, false, false, "")]
    public void Intrusive_scans_are_allowed_while_the_gate_runs_only_if_it_was_started_with_leave_for_it(
        bool wasAllowed, bool mightReload, bool isAllowed, bool mayReload, bool holds, string waits)
    {
        List<string> pending = [];

        var settings = (NetworkSettings)_connector.UntilRestart(
            new NetworkSettings(AllowIntrusive: wasAllowed, AllowIntrusiveReload: mightReload),
            new NetworkSettings(DeniedTargets: ["10.0.0.0/8"], AllowIntrusive: isAllowed, AllowIntrusiveReload: mayReload), pending.Add);

        Assert.Equal(holds, settings.AllowIntrusive);
        Assert.Equal(waits, string.Join(',', pending));
        // What else changed takes effect, above all what forbids more.
        Assert.Equal(["10.0.0.0/8"], settings.DeniedTargets!);
    }

    [Fact]
    public async Task A_machine_without_the_programs_is_said_to_lack_them()
    {
        var connector = new NetworkConnector(new ProgramFinder(["/nonexistent"]));

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => connector.ProbeAsync(null!, default));

        Assert.Equal("Not installed, or not safe to run: setsid, prlimit, nmap.", thrown.Message);
    }
}
