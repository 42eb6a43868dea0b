using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Operations;
using Sallyport.Hosting.Reload;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>What administrators do: see and reload settings, switch tools off and on, open and close circuits. All of it is recorded.</summary>
internal sealed class AdminEndpoints(GatewayParts gateway, GateOperations operations)
{
    private static readonly SemaphoreSlim Switching = new(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/config", Only(ShowAsync));
        routes.MapPost("/config/reload", Only(ReloadAsync));
        routes.MapPost("/tools/{name}/enable", Only(http => SwitchAsync(http, isOn: true)));
        routes.MapPost("/tools/{name}/disable", Only(http => SwitchAsync(http, isOn: false)));
        routes.MapPost("/circuits/{tenant}/{upstream}/open", Only(http => ForceAsync(http, isOpen: true)));
        routes.MapPost("/circuits/{tenant}/{upstream}/close", Only(http => ForceAsync(http, isOpen: false)));
    }

    /// <summary>The gate as a whole belongs to nobody who is granted only some of its tenants.</summary>
    private RequestDelegate Only(RequestDelegate act) => async http =>
    {
        var caller = CallerFeature.Of(http);
        if (!gateway.Authorizer.MayAdminister(caller) || !caller.IsGranted(Gateway.Tenancy.TenantDirectory.All))
        {
            await Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, "This needs the role admin, granted all tenants."));
            return;
        }

        try
        {
            await act(http);
        }
        catch (AuditUnavailableException)
        {
            await Answers.ErrorAsync(http, StatusCodes.Status503ServiceUnavailable, new ToolError(ErrorCode.AuditUnavailable, "The audit cannot be written, so nothing is changed."));
        }
    };

    private Task ShowAsync(HttpContext http) => Answers.JsonAsync(http, StatusCodes.Status200OK, Write(operations.Settings.State));

    private async Task ReloadAsync(HttpContext http)
    {
        var state = await operations.Settings.ReloadAsync("request", CallerFeature.Of(http).Subject, http.RequestAborted);
        if (state.LastError is { } problem)
            await Answers.ErrorAsync(http, StatusCodes.Status422UnprocessableEntity, new ToolError("settings_rejected", problem) { Hint = "The settings before still hold. Correct the file." });
        else
            await Answers.JsonAsync(http, StatusCodes.Status200OK, Write(state));
    }

    private async Task SwitchAsync(HttpContext http, bool isOn)
    {
        if (gateway.Rules.Offer.Catalog.Find((string)http.Request.RouteValues["name"]!) is not { Name: var tool })
        {
            await Answers.ErrorAsync(http, StatusCodes.Status404NotFound, new ToolError(ErrorCode.UnknownTool, "Unknown tool.") { Hint = "A tool that the settings leave out comes back through the settings." });
            return;
        }

        var caller = CallerFeature.Of(http).Subject;
        await Switching.WaitAsync(http.RequestAborted);
        try
        {
            if (operations.Switches.Read().Contains(tool) == isOn)
                await OperatorAct.RunAsync(gateway, caller, isOn ? "gate_tool_enable" : "gate_tool_disable", new JsonObject { ["tool"] = tool }, () => ApplyAsync(tool, isOn, caller), http.RequestAborted);
        }
        finally
        {
            Switching.Release();
        }

        await SayAsync(http, $"The tool is switched {(isOn ? "on" : "off")}.", "tool", tool);
    }

    private async Task ApplyAsync(string tool, bool isOn, string caller)
    {
        operations.Switches.Switch(tool, isOn);
        // Not the request's token: what is recorded and kept must also take effect.
        await operations.Settings.RefreshAsync(CancellationToken.None);
        gateway.Events.Publish(gateway.Events.New(GateEventKind.Tool) with { Phase = isOn ? "enabled" : "disabled", Tool = tool, Caller = caller });
    }

    private async Task ForceAsync(HttpContext http, bool isOpen)
    {
        var (tenant, upstream) = ((string)http.Request.RouteValues["tenant"]!, (string)http.Request.RouteValues["upstream"]!);
        var circuit = gateway.Clients.Breakers.FirstOrDefault(breaker => breaker.Tenant == tenant && breaker.Upstream == upstream).Breaker;
        if (circuit is null)
        {
            await Answers.ErrorAsync(http, StatusCodes.Status404NotFound, new ToolError("circuit_unknown", "There is no such circuit; one exists once its upstream has been called.") { Hint = "GET /health lists them." });
            return;
        }

        var arguments = new JsonObject { ["tenant"] = tenant, ["upstream"] = upstream };
        await OperatorAct.RunAsync(gateway, CallerFeature.Of(http).Subject, isOpen ? "gate_circuit_open" : "gate_circuit_close", arguments, () =>
        {
            if (isOpen)
                circuit.ForceOpen();
            else
                circuit.ForceClose();
            return Task.CompletedTask;
        }, http.RequestAborted);
        await SayAsync(http, $"The circuit is {(isOpen ? "open" : "closed")}.", "circuit", $"{tenant}/{upstream}");
    }

    private static Task SayAsync(HttpContext http, string message, string name, string value)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, message);
            writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return Answers.JsonAsync(http, StatusCodes.Status200OK, buffer.WrittenMemory);
    }

    private static ReadOnlyMemory<byte> Write(SettingsState state)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteNumber("generation"u8, state.Generation);
        writer.WriteString("loaded_at"u8, state.LoadedAt.UtcDateTime);
        writer.WriteString("file"u8, state.Loaded.File);
        writer.WriteString("last_error"u8, state.LastError);
        writer.WriteStartArray("pending_restart"u8);
        foreach (var path in state.PendingRestart)
            writer.WriteStringValue(path);
        writer.WriteEndArray();
        writer.WritePropertyName("settings"u8);
        writer.WriteRawValue(state.Loaded.View!.ToJson());
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
