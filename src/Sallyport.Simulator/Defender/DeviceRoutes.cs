using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Defender.Answers;
using Sallyport.Simulator.Defender.Tables;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Defender;

/// <summary>Takes on isolations and releases.</summary>
internal static class DeviceRoutes
{
    public static Task IsolateAsync(HttpContext http, SimulatedTenant tenant) => ActAsync(http, tenant, isIsolation: true);

    public static Task ReleaseAsync(HttpContext http, SimulatedTenant tenant) => ActAsync(http, tenant, isIsolation: false);

    private static async Task ActAsync(HttpContext http, SimulatedTenant tenant, bool isIsolation)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        if (!body.RootElement.TryGetProperty("Comment", out var comment) || (isIsolation && !body.RootElement.TryGetProperty("IsolationType", out _)))
            await DefenderError.AnswerAsync(http, 400, "MissingRequiredParameter", "Comment and IsolationType are required.");
        else if (tenant.World.Devices().FirstOrDefault(device => device.Agent is not null && DeviceTables.IdOf(device) == id) is not { } machine)
            await DefenderError.AnswerAsync(http, 404, "ResourceNotFound", $"Machine {id} was not found");
        else if (tenant.Isolated.GetValueOrDefault(id) == isIsolation)
            await DefenderError.AnswerAsync(http, 400, "ActiveRequestAlreadyExists", "The device is in that state already.");
        else
        {
            tenant.Isolated[id] = isIsolation;
            await Answer.JsonAsync(http, 201, json =>
            {
                json.WriteStartObject();
                json.WriteString("id", machine.Id.ToString());
                json.WriteString("type", isIsolation ? "Isolate" : "Unisolate");
                json.WriteString("requestor", tenant.ClientId);
                json.WriteString("requestorComment", comment.GetString());
                json.WriteString("status", "Pending");
                json.WriteString("machineId", id);
                json.WriteString("computerDnsName", machine.Fqdn);
                json.WriteString("creationDateTimeUtc", DefenderWords.Time(tenant.World.Now));
                json.WriteEndObject();
            });
        }
    }
}
