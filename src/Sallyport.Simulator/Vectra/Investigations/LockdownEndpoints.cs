using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Entities;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>Lists hosts and accounts that are cut off: some of the background, for a day.</summary>
internal sealed class LockdownEndpoints(VectraEstate estate, VectraControls controls)
{
    private const int Hosts = 3;
    private const int Accounts = 2;

    public void Map(VectraRoutes routes) => routes.Get("/lockdown", ListAsync);

    private Task ListAsync(HttpContext http)
    {
        var type = http.Request.Query["type"].ToString();
        if (type.Length == 0 && controls.LockdownNeedsType)
            return VectraError.DetailAsync(http, StatusCodes.Status400BadRequest, "type is required.");
        var locked = estate.Hosts.TakeLast(Hosts).Concat(estate.Accounts.TakeLast(Accounts)).Where(row => type.Length == 0 || row.KindText == type);
        return Answer.JsonAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (var row in locked)
                Write(json, row);
            json.WriteEndArray();
        });
    }

    private void Write(Utf8JsonWriter json, EntityRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("entity_id", row.Id);
        json.WriteString("type", row.KindText);
        json.WriteString("locked_by", "admin");
        json.WriteString("lock_event_timestamp", VectraTime.Text(estate.World.Now.AddHours(-7)));
        json.WriteString("unlock_event_timestamp", row.Index % 2 == 0 ? null : VectraTime.Text(estate.World.Now.AddHours(17)));
        json.WriteEndObject();
    }
}
