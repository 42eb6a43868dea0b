using System.Net;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;
using Sallyport.Hosting.Logging;

namespace Sallyport.Tests.Hosting.Operations;

public sealed class ReloadTests
{
    [Fact]
    public async Task A_changed_tenant_is_served_with_its_new_settings_and_the_others_keep_their_client()
    {
        await using var gate = await OperatedGate.StartAsync();
        Assert.Equal(("first", "foreign"), (await gate.LabelAsync(), await gate.LabelAsync("fabrikam")));

        await gate.ReloadAsync($"{OperatedGate.Callers}\n{OperatedGate.Tenants.Replace("first", "second")}");

        Assert.Equal("second", await gate.LabelAsync());
        Assert.Equal(["first"], gate.Lamp.Closed);
        Assert.Equal(2, gate.Operations.Settings.State.Generation);
    }

    [Fact]
    public async Task Where_work_goes_on_between_calls_the_next_client_is_there_before_the_last_one_goes()
    {
        await using var gate = await OperatedGate.StartAsync();
        gate.Lamp.WorksBetweenCalls = true;
        await gate.LabelAsync();
        await gate.LabelAsync("fabrikam");

        await gate.ReloadAsync($"callers: [ {{ name: boss, token: {OperatedGate.Admin}, role: admin }} ]\ntenants: {{ contoso: {{ lamp: {{ label: second }} }} }}");

        // The tenant that is gone has no successor.
        Assert.Equal(["+first", "+foreign", "+second", "-first", "-foreign"], gate.Lamp.Clients.OrderBy(change => change == "-foreign"));
    }

    [Fact]
    public async Task A_call_that_runs_finishes_on_what_it_started_with()
    {
        await using var gate = await OperatedGate.StartAsync();
        var held = gate.PostAsync("/tools/lamp_light_hold/execute", body: """{"tenant":"contoso"}""");
        await gate.Lamp.Holding.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await gate.ReloadAsync($"{OperatedGate.Callers}\n{OperatedGate.Tenants.Replace("first", "second")}");
        var now = await gate.LabelAsync();
        var closedWhileItRan = gate.Lamp.Closed.Count();
        gate.Lamp.Release.SetResult();
        var (_, json) = await held;

        Assert.Equal(("second", "first", 0), (now, json.GetProperty("label").GetString(), closedWhileItRan));
        Assert.Equal(["first"], gate.Lamp.Closed);
    }

    [Theory]
    [InlineData("tenants: { contoso: { lamp: { label: 7, bright: maybe } } }")]
    [InlineData("tenants: [")]
    [InlineData("tenant: { contoso: { lamp: { label: x } } }")]
    [InlineData("")]
    public async Task A_file_with_a_mistake_changes_nothing_and_is_reported(string broken)
    {
        await using var gate = await OperatedGate.StartAsync();
        using var watching = gate.Parts.Events.Watch(null);

        var state = await gate.ReloadAsync(broken.Length == 0 ? broken : $"{OperatedGate.Callers}\n{broken}");
        var again = await gate.Operations.Settings.ReloadAsync("file", "operator", TestContext.Current.CancellationToken);

        Assert.Equal((1, true), (state.Generation, again.LastError is not null));
        Assert.Equal("first", await gate.LabelAsync());
        Assert.Equal("degraded", (await gate.GetAsync("/health")).Json.GetProperty("checks").GetProperty("config").GetProperty("status").GetString());
        Assert.NotNull((await gate.GetAsync("/config")).Json.GetProperty("last_error").GetString());
        Assert.True(watching.Events.TryRead(out var told));
        Assert.Equal("rejected", told.Phase);
        var (status, json) = await gate.PostAsync("/config/reload");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "settings_rejected"), (status, json.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_an_accident_and_never_a_wish_for_the_defaults()
    {
        await using var gate = await OperatedGate.StartAsync();
        gate.Remove("sallyport.yaml");

        var state = await gate.Operations.Settings.ReloadAsync("file", "operator", TestContext.Current.CancellationToken);

        Assert.Contains("gone or empty", state.LastError);
        Assert.Equal("first", await gate.LabelAsync());
    }

    [Fact]
    public async Task Callers_and_roles_hold_from_the_next_request_on()
    {
        await using var gate = await OperatedGate.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await gate.GetAsync("/tools", OperatedGate.Reader)).Status);

        await gate.ReloadAsync($"callers: [ {{ name: boss, token: {OperatedGate.Admin}, role: admin }} ]\n{OperatedGate.Tenants}");

        Assert.Equal(HttpStatusCode.Unauthorized, (await gate.GetAsync("/tools", OperatedGate.Reader)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gate.GetAsync("/tools")).Status);
    }

    [Fact]
    public async Task What_needs_a_restart_is_said_and_what_would_allow_more_waits_for_it()
    {
        await using var gate = await OperatedGate.StartAsync();

        var state = await gate.ReloadAsync($"{OperatedGate.Callers}\nhttp: {{ maxConnections: 7 }}\n{OperatedGate.Tenants.Replace("label: first", "label: second, bright: true")}");

        Assert.Equal(["http.maxConnections", "tenants.contoso.lamp.bright"], state.PendingRestart);
        Assert.Equal("second", await gate.LabelAsync());
        Assert.Equal(["http.maxConnections", "tenants.contoso.lamp.bright"], (await gate.GetAsync("/config")).Json.GetProperty("pending_restart").EnumerateArray().Select(path => path.GetString()!));
    }

    [Fact]
    public async Task What_waits_for_a_restart_is_in_the_event_too_and_how_much_is_logged_does_not_wait()
    {
        await using var gate = await OperatedGate.StartAsync();
        using var watching = gate.Parts.Events.Watch(null);
        var style = new LogStyle(gate.Operations.Settings.State.Loaded.Settings!.Observability);
        gate.Operations.Settings.Applied += changed => style.Use(changed.Observability);

        await gate.ReloadAsync($"{OperatedGate.Callers}\n{OperatedGate.Tenants}\nobservability: {{ logLevel: error, logFormat: json, metrics: false }}");

        Assert.True(watching.Events.TryRead(out var told));
        Assert.Equal(["observability.metrics"], told.PendingRestart);
        Assert.Equal((false, true, LogFormat.Json), (style.Writes("Sallyport", LogLevel.Warning), style.Writes("Sallyport", LogLevel.Error), style.Format));
    }

    [Fact]
    public async Task A_change_is_in_the_audit_by_the_names_of_the_settings_and_never_their_values()
    {
        await using var gate = await OperatedGate.StartAsync();

        await gate.ReloadAsync($"{OperatedGate.Callers}\n{OperatedGate.Tenants.Replace("label: first", "label: second, key: hidden-value-of-the-key")}");

        Assert.Contains("gate_settings_reload", gate.Audit());
        Assert.Contains("tenants.contoso.lamp.key", gate.Audit());
        Assert.DoesNotContain("hidden-value-of-the-key", gate.Audit());
        Assert.DoesNotContain("hidden-value-of-the-key", (await gate.GetAsync("/config")).Json.GetRawText());
    }
}
