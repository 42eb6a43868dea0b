using System.Text.Json;

namespace Sallyport.Tests.Hosting.Operations;

/// <summary>What <c>GET /tools</c> and <c>GET /</c> say beyond what MCP clients are shown.</summary>
public sealed class ToolCardsTests
{
    [Fact]
    public async Task A_tool_says_how_it_runs_and_is_held_for_the_tenant_that_a_call_would_go_to()
    {
        await using var gate = await OperatedGate.StartAsync(
            $"{OperatedGate.Callers}\n{OperatedGate.Tenants}\nlimits: {{ tools: [ {{ tool: 'lamp_*', rate: 10/60s }} ] }}\ncircuitBreaker: {{ failureThreshold: 7, recoveryTimeout: 90s }}");

        var tool = await ToolAsync(gate, "lamp_light_hold");

        Assert.Equal((true, true, "read", "lamp"), (Flag(tool, "enabled"), Flag(tool, "available"), Text(tool, "access"), Text(tool, "platform")));
        Assert.Equal(("contoso", 2, 30, 60, false), (Text(tool, "tenant"), Number(tool, "concurrency"), Number(tool, "timeout"), Number(tool, "max_timeout"), Flag(tool, "allow_intrusive")));
        Assert.Equal((10, 60), (Number(tool.GetProperty("rate_limit"), "calls"), Number(tool.GetProperty("rate_limit"), "seconds")));
        var limits = tool.GetProperty("resource_limits");
        Assert.Equal((512, 256, 1048576, 262144), (Number(limits, "max_memory_mb"), Number(limits, "max_file_descriptors"), Number(limits, "max_stdout_bytes"), Number(limits, "max_stderr_bytes")));
        var circuit = tool.GetProperty("circuit_breaker");
        Assert.Equal((true, "CLOSED", 7, 90), (Flag(circuit, "enabled"), Text(circuit, "state"), Number(circuit, "failure_threshold"), Number(circuit, "recovery_timeout")));
        Assert.Equal((JsonValueKind.Null, false), (tool.GetProperty("command").ValueKind, tool.GetProperty("metrics").GetProperty("available").GetBoolean()));
        Assert.Equal("LampTool", Text(await ToolAsync(gate, "lamp_light_read"), "alias"));
    }

    [Fact]
    public async Task A_caller_sees_the_circuits_of_its_own_tenants_only()
    {
        await using var gate = await OperatedGate.StartAsync();
        await gate.LabelAsync();
        await gate.LabelAsync("fabrikam");
        await gate.PostAsync("/circuits/fabrikam/lamp/open");

        string? StateOf(JsonElement tool) => Text(tool.GetProperty("circuit_breaker"), "state");
        Assert.Equal("OPEN", StateOf(await ToolAsync(gate, "lamp_light_read")));
        Assert.Equal("CLOSED", StateOf(await ToolAsync(gate, "lamp_light_read", OperatedGate.Reader)));
        Assert.Equal("OPEN", StateOf(await ToolAsync(gate, "lamp_light_read", OperatedGate.Foreign)));
    }

    [Fact]
    public async Task What_the_settings_leave_out_is_named_to_administrators_only()
    {
        await using var gate = await OperatedGate.StartAsync($"{OperatedGate.Callers}\n{OperatedGate.Tenants}\ntools: {{ exclude: [LampTool] }}");

        var (_, shown) = await gate.GetAsync("/tools");
        var (_, hidden) = await gate.GetAsync("/tools", OperatedGate.Reader);

        Assert.Equal(["lamp_light_read"], shown.GetProperty("excluded").EnumerateArray().Select(name => name.GetString()));
        Assert.False(hidden.TryGetProperty("excluded", out _));
    }

    [Fact]
    public async Task The_front_page_counts_the_callers_tools_and_leads_to_the_rest()
    {
        await using var gate = await OperatedGate.StartAsync();
        await gate.PostAsync("/tools/lamp_light_read/disable");

        var (_, front) = await gate.GetAsync("/");

        Assert.Equal("http", Text(front, "transport"));
        Assert.Equal(1, Number(front, "tools") - Number(front, "enabled_tools"));
        Assert.Superset(
            new HashSet<string> { "health", "tools", "metrics", "events", "config", "mcp" },
            front.GetProperty("endpoints").EnumerateObject().Select(link => link.Name).ToHashSet());
    }

    private static async Task<JsonElement> ToolAsync(OperatedGate gate, string name, string token = OperatedGate.Admin)
        => (await gate.GetAsync("/tools", token)).Json.GetProperty("tools").EnumerateArray().Single(tool => Text(tool, "name") == name);

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();

    private static int Number(JsonElement json, string member) => json.GetProperty(member).GetInt32();

    private static bool Flag(JsonElement json, string member) => json.GetProperty(member).GetBoolean();
}
