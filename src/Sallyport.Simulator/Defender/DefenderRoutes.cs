using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Defender.Answers;
using Sallyport.Simulator.Defender.Kql;
using Sallyport.Simulator.Defender.Tables;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Defender;

/// <summary>Answers hunts, and asks for alerts and incidents, on either interface.</summary>
internal sealed class DefenderRoutes(DefenderControls controls, TimeProvider time)
{
    private const int MostRows = 100_000;

    private static readonly string[] AlertMembers =
        ["severity", "status", "createdDateTime", "lastUpdateDateTime", "assignedTo", "serviceSource", "classification", "determination", "alertCreationTime", "lastUpdateTime", "incidentId", "category"];

    private static readonly string[] IncidentMembers =
        ["severity", "status", "createdDateTime", "lastUpdateDateTime", "assignedTo", "classification", "determination", "createdTime", "lastUpdateTime"];

    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _hunts = new();

    public async Task HuntGraphAsync(HttpContext http, SimulatedTenant tenant)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var window = body.RootElement.TryGetProperty("Timespan", out var text) ? HuntPeriod.Parse(text.GetString()!, tenant.World.Now) : HuntPeriod.Parse("P30D", tenant.World.Now);
        if (window is null)
            await DefenderError.AnswerAsync(http, 400, "BadRequest", "Timespan is not valid.");
        else
            await HuntAsync(http, tenant, body.RootElement, window.Value, controls.WritesPascalColumns ? ("schema", "results", "Name", "Type") : ("schema", "results", "name", "type"));
    }

    /// <summary>Takes a query and nothing else; there is no window.</summary>
    public async Task HuntLegacyAsync(HttpContext http, SimulatedTenant tenant)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        if (body.RootElement.EnumerateObject().Any(static member => member.Name != "Query"))
            await DefenderError.AnswerAsync(http, 400, "InvalidRequestBody", "Request body is incorrect.");
        else
            await HuntAsync(http, tenant, body.RootElement, HuntPeriod.Parse("P30D", tenant.World.Now)!.Value, ("Schema", "Results", "Name", "Type"));
    }

    public Task ListAlertsAsync(HttpContext http, SimulatedTenant tenant) => PageAsync(http, AlertMembers, tenant.Alerts, (alert, member) => member switch
    {
        "severity" => Word(http, DefenderWords.Severity(alert.Detection.Kind.Severity)),
        "status" => Word(http, DefenderWords.AlertStatus(alert.Detection.State)),
        "createdDateTime" or "alertCreationTime" => DefenderWords.Time(alert.Detection.FirstSeen.AddMinutes(3)),
        "lastUpdateDateTime" or "lastUpdateTime" => DefenderWords.Time(alert.Detection.LastSeen.AddMinutes(5)),
        _ => null,
    }, (json, alert) => Write(http, json, tenant, alert));

    public static Task GetAlertAsync(HttpContext http, SimulatedTenant tenant)
        => tenant.Alerts.FirstOrDefault(alert => alert.Id == Id(http)) is { } alert
            ? Answer.JsonAsync(http, 200, json => Write(http, json, tenant, alert))
            : DefenderError.AnswerAsync(http, 404);

    public Task ListIncidentsAsync(HttpContext http, SimulatedTenant tenant) => PageAsync(http, IncidentMembers, Enumerable.Range(0, tenant.World.IncidentCount), (index, member) =>
    {
        var incident = tenant.World.Incident(index);
        var change = tenant.Changes.GetValueOrDefault(index);
        return member switch
        {
            "severity" => Word(http, DefenderWords.Severity(incident.Severity)),
            "status" => Word(http, change?.Status ?? DefenderWords.Status(incident.Status)),
            "assignedTo" => change?.AssignedTo ?? incident.AssignedTo,
            "createdDateTime" or "createdTime" => DefenderWords.Time(incident.Created),
            "lastUpdateDateTime" or "lastUpdateTime" => DefenderWords.Time(incident.Updated),
            _ => null,
        };
    }, (json, index) => WriteIncident(http, json, tenant, index, withAlerts: false));

    public Task GetIncidentAsync(HttpContext http, SimulatedTenant tenant)
    {
        var expand = http.Request.Query["$expand"] == "alerts";
        if (expand && controls.RefusesExpand)
            return DefenderError.AnswerAsync(http, 400, "BadRequest", "$expand is not supported here.");
        return Find(http, tenant) is { } index
            ? Answer.JsonAsync(http, 200, json => WriteIncident(http, json, tenant, index, expand))
            : DefenderError.AnswerAsync(http, 404);
    }

    public static async Task ChangeIncidentAsync(HttpContext http, SimulatedTenant tenant)
    {
        if (Find(http, tenant) is not { } index)
        {
            await DefenderError.AnswerAsync(http, 404);
            return;
        }
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        string? Text(string name) => body.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
        var tags = IsLegacy(http) ? "tags" : "customTags";
        var list = body.RootElement.TryGetProperty(tags, out var given) ? given.EnumerateArray().Select(static tag => tag.GetString()!).ToList() : null;
        var status = Text("status") is { } word ? char.ToUpperInvariant(word[0]) + word[1..] : null;
        tenant.Changes.AddOrUpdate(
            index,
            _ => new() { Status = status, AssignedTo = Text("assignedTo"), Classification = Text("classification"), Determination = Text("determination"), Tags = list },
            (_, before) => new()
            {
                Status = status ?? before.Status,
                AssignedTo = Text("assignedTo") ?? before.AssignedTo,
                Classification = Text("classification") ?? before.Classification,
                Determination = Text("determination") ?? before.Determination,
                Tags = list ?? before.Tags,
            });
        await Answer.JsonAsync(http, 200, json => WriteIncident(http, json, tenant, index, withAlerts: false));
    }

    private async Task HuntAsync(
        HttpContext http, SimulatedTenant tenant, JsonElement body, (DateTimeOffset From, DateTimeOffset To) window, (string Schema, string Results, string Name, string Type) names)
    {
        if (IsTooMany(tenant))
        {
            http.Response.Headers.RetryAfter = "10";
            await DefenderError.AnswerAsync(http, 429);
            return;
        }
        byte[] answer;
        try
        {
            var scope = new KqlScope(tenant.World.Now, name => HuntTables.Find(tenant, name) is { } table ? HuntPeriod.Limit(table, window) : null);
            answer = HuntWriter.Write(KqlQuery.Run(body.GetProperty("Query").GetString()!, scope), MostRows, names);
        }
        catch (KqlRefusal refusal)
        {
            await DefenderError.AnswerAsync(http, 400, "BadRequest", refusal.Message);
            return;
        }
        await Answer.BytesAsync(http, 200, "application/json", answer);
    }

    private bool IsTooMany(SimulatedTenant tenant)
    {
        var now = time.GetUtcNow();
        var hunts = _hunts.GetOrAdd(tenant.TenantId, static _ => new());
        lock (hunts)
        {
            while (hunts.Count > 0 && hunts.Peek() <= now - TimeSpan.FromMinutes(1))
                hunts.Dequeue();
            if (hunts.Count >= controls.HuntsPerMinute)
                return true;
            hunts.Enqueue(now);
            return false;
        }
    }

    private Task PageAsync<T>(
        HttpContext http, IReadOnlyCollection<string> filterable, IEnumerable<T> all, Func<T, string, string?> read, Action<Utf8JsonWriter, T> write)
    {
        if (ODataQuery.Read(http.Request.Query, controls.LargestPage, filterable) is not { } query)
            return DefenderError.AnswerAsync(http, 400, "BadRequest", "Invalid query option or filter clause.");
        var found = all.Where(item => query.Fits(member => read(item, member))).Skip(query.Skip).Take(query.Top + 1).ToList();
        return Answer.JsonAsync(http, 200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("value");
            foreach (var item in found.Take(query.Top))
                write(json, item);
            json.WriteEndArray();
            if (found.Count > query.Top)
                json.WriteString("@odata.nextLink", NextLink(http, query));
            json.WriteEndObject();
        });
    }

    private string NextLink(HttpContext http, ODataQuery query)
    {
        var origin = controls.NextLinkOrigin ?? $"{http.Request.Scheme}://{http.Request.Host}";
        var filter = http.Request.Query["$filter"].ToString() is { Length: > 0 } text ? $"&$filter={Uri.EscapeDataString(text)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{origin}{http.Request.Path}?$top={http.Request.Query["$top"]}&$skip={query.Skip + query.Top}{filter}");
    }

    private static void Write(HttpContext http, Utf8JsonWriter json, SimulatedTenant tenant, SimulatedAlert alert)
    {
        if (IsLegacy(http))
            AlertAnswer.Legacy(json, tenant, alert);
        else
            AlertAnswer.Graph(json, tenant, alert);
    }

    private static void WriteIncident(HttpContext http, Utf8JsonWriter json, SimulatedTenant tenant, int index, bool withAlerts)
    {
        if (IsLegacy(http))
            IncidentAnswer.Legacy(json, tenant, index);
        else
            IncidentAnswer.Graph(json, tenant, index, withAlerts);
    }

    private static int? Find(HttpContext http, SimulatedTenant tenant)
    {
        var first = tenant.World.Incident(0).Number;
        return int.TryParse(Id(http), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= first && number < first + tenant.World.IncidentCount ? number - first : null;
    }

    private static string Word(HttpContext http, string word) => IsLegacy(http) ? word : DefenderWords.Graph(word);

    private static bool IsLegacy(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
