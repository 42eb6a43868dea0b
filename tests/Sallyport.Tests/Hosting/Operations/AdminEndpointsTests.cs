using System.Net;
using System.Text.Json;

namespace Sallyport.Tests.Hosting.Operations;

public sealed class AdminEndpointsTests
{
    [Theory]
    [InlineData("GET", "/config")]
    [InlineData("POST", "/config/reload")]
    [InlineData("POST", "/tools/lamp_light_read/disable")]
    [InlineData("POST", "/tools/lamp_light_read/enable")]
    [InlineData("POST", "/circuits/contoso/lamp/open")]
    public async Task Only_an_administrator_of_everything_may(string method, string path)
    {
        await using var gate = await OperatedGate.StartAsync();

        foreach (var token in new[] { OperatedGate.Reader, OperatedGate.Foreign })
        {
            var (status, json) = method == "GET" ? await gate.GetAsync(path, token) : await gate.PostAsync(path, token);
            Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (status, json.GetProperty("error").GetProperty("code").GetString()));
        }

        Assert.Equal("first", await gate.LabelAsync());
    }

    [Fact]
    public async Task A_tool_that_is_switched_off_is_listed_as_such_and_refused_until_it_is_switched_on()
    {
        await using var gate = await OperatedGate.StartAsync();

        var (status, said) = await gate.PostAsync("/tools/LampTool/disable");
        var tools = await gate.GetAsync("/tools");
        var listed = Enabled(tools);
        var (refused, error) = await gate.PostAsync("/tools/lamp_light_read/execute", body: """{"tenant":"contoso"}""");
        await gate.PostAsync("/tools/lamp_light_read/enable");

        Assert.Equal((HttpStatusCode.OK, "lamp_light_read"), (status, said.GetProperty("tool").GetString()));
        Assert.DoesNotContain("lamp_light_read", listed);
        Assert.Equal(tools.Json.GetProperty("total").GetInt32() - 1, tools.Json.GetProperty("enabled").GetInt32());
        Assert.Equal((HttpStatusCode.Forbidden, "tool_disabled"), (refused, error.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("first", await gate.LabelAsync());
        Assert.Contains("gate_tool_disable", gate.Audit());
        Assert.Contains("gate_tool_enable", gate.Audit());
    }

    [Fact]
    public async Task What_is_switched_off_stays_off_after_settings_change_and_after_a_restart()
    {
        await using var gate = await OperatedGate.StartAsync();
        await gate.PostAsync("/tools/lamp_light_read/disable");

        await gate.ReloadAsync($"{OperatedGate.Callers}\n{OperatedGate.Tenants.Replace("first", "second")}");

        Assert.Equal(["lamp_light_hold"], Enabled(await gate.GetAsync("/tools")));
        Assert.Equal(["lamp_light_read"], gate.Operations.Switches.Read());
        Assert.True(Sallyport.Hosting.GatewayBuilder.Offer(gate.Operations.Settings.State.Loaded.Settings!, [gate.Lamp]).Authorizer.IsSwitchedOff(gate.Lamp.Tools[0]));
    }

    [Fact]
    public async Task Switching_twice_is_no_mistake_and_recorded_once()
    {
        await using var gate = await OperatedGate.StartAsync();

        await gate.PostAsync("/tools/lamp_light_read/disable");
        var (status, _) = await gate.PostAsync("/tools/lamp_light_read/disable");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, gate.Audit().Split('\n').Count(line => line.Contains("\"open\"") && line.Contains("gate_tool_disable")));
        Assert.Equal(HttpStatusCode.NotFound, (await gate.PostAsync("/tools/no_such_tool/disable")).Status);
    }

    [Fact]
    public async Task The_settings_are_shown_with_where_each_came_from_and_no_secret()
    {
        await using var gate = await OperatedGate.StartAsync();

        var (status, json) = await gate.GetAsync("/config");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, json.GetProperty("generation").GetInt32());
        Assert.DoesNotContain(OperatedGate.Reader, json.GetRawText());
        var label = json.GetProperty("settings").EnumerateArray().Single(setting => setting.GetProperty("path").GetString() == "tenants.contoso.lamp.label");
        Assert.Equal("first", label.GetProperty("value").GetString());
        Assert.StartsWith("sallyport.yaml:", label.GetProperty("from").GetString());
    }

    [Fact]
    public async Task A_circuit_can_be_opened_and_closed_by_hand()
    {
        await using var gate = await OperatedGate.StartAsync();
        await gate.LabelAsync();

        await gate.PostAsync("/circuits/contoso/lamp/open");
        var (status, json) = await gate.PostAsync("/tools/lamp_light_read/execute", body: """{"tenant":"contoso"}""");
        var (overall, health) = await gate.GetAsync("/health", OperatedGate.Reader);
        var foreign = await gate.LabelAsync("fabrikam");
        await gate.PostAsync("/circuits/contoso/lamp/close");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "circuit_open"), (status, json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.MultiStatus, overall);
        Assert.Equal("OPEN", health.GetProperty("checks").GetProperty("circuit_breakers_contoso").GetProperty("metadata").GetProperty("circuits")[0].GetProperty("state").GetString());
        Assert.Equal(("foreign", "first"), (foreign, await gate.LabelAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await gate.PostAsync("/circuits/contoso/nothing/open")).Status);
    }

    private static IEnumerable<string> Enabled((HttpStatusCode Status, JsonElement Json) tools)
        => tools.Json.GetProperty("tools").EnumerateArray().Where(tool => tool.GetProperty("enabled").GetBoolean()).Select(tool => tool.GetProperty("name").GetString()!);
}
