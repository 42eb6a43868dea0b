using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.Vectra.Detections;
using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Pages;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>The streams of events that other systems read on from a checkpoint: detections, scores, audits.</summary>
internal sealed class EventEndpoints(VectraEstate estate, IReadOnlyList<PlatformUser> team)
{
    private const int DefaultLimit = 500;
    private const int LargestLimit = 1000;
    private const int AuditsPerUser = 40;

    public void Map(VectraRoutes routes)
    {
        routes.Get("/events/detections", http => AnswerAsync(http, estate.Detections.OrderBy(static row => row.First), static row => row.First, Write));
        routes.Get("/events/entity_scoring", http => AnswerAsync(http, Scored(), static scored => scored.Score.LastDetection!.Value, Write));
        routes.Get("/events/audits", http => AnswerAsync(http, Audits(), static audit => audit.Time, Write));
    }

    /// <summary>An event's id is its place in the stream, from 1; a checkpoint is the id to go on from.</summary>
    private static Task AnswerAsync<T>(HttpContext http, IEnumerable<T> events, Func<T, DateTimeOffset> timeOf, Action<Utf8JsonWriter, long, T, Links> write)
    {
        var query = new ListQuery(http);
        var (from, since, until) = (query.Number("from") ?? 1, query.Time("event_timestamp_gte"), query.Time("event_timestamp_lte"));
        var limit = (int)Math.Clamp(query.Number("limit") ?? DefaultLimit, 1, LargestLimit);
        if (query.Error is { } error)
            return VectraError.DetailAsync(http, StatusCodes.Status400BadRequest, error);
        var left = events.Select(static (item, i) => (Id: i + 1L, Item: item))
            .Where(e => e.Id >= from && !(timeOf(e.Item) < since) && !(timeOf(e.Item) > until)).ToList();
        var links = Links.Of(http);
        return Answer.JsonAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var (id, item) in left.Take(limit))
            {
                json.WriteStartObject();
                json.WriteNumber("id", id);
                json.WriteString("event_timestamp", VectraTime.Text(timeOf(item)));
                write(json, id, item, links);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteNumber("next_checkpoint", left.Count == 0 ? from : left[Math.Min(limit, left.Count) - 1].Id + 1);
            json.WriteNumber("remaining_count", Math.Max(0, left.Count - limit));
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, long id, DetectionRow row, Links links)
    {
        json.WriteString("category", row.Category.Text);
        json.WriteString("detection_type", row.Kind.Name);
        json.WriteNumber("detection_id", row.Id);
        json.WriteString("detection_href", links.Api($"detections/{row.Id}"));
        json.WriteNumber("entity_id", row.Entity.Id);
        json.WriteString("type", row.Entity.KindText);
        json.WriteNumber("threat", row.Threat);
        json.WriteNumber("certainty", row.Certainty);
        json.WriteBoolean("triaged", row.IsTriaged);
        json.WritePropertyName("mitre");
        Field.WriteTexts(json, row.Kind.Technique.Length == 0 ? [] : [row.Kind.Technique]);
    }

    private static void Write(Utf8JsonWriter json, long id, (EntityRow Row, EntityScore Score) scored, Links links)
    {
        json.WriteNumber("entity_id", scored.Row.Id);
        json.WriteString("type", scored.Row.KindText);
        json.WriteString("severity", scored.Score.Severity);
        json.WriteNumber("urgency_score", scored.Score.Urgency);
        json.WriteBoolean("is_prioritized", scored.Score.IsPrioritized);
        json.WriteNumber("attack_rating", scored.Score.AttackRating);
        json.WriteString("url", links.Api($"{scored.Row.KindText}s/{scored.Row.Id}"));
    }

    private static void Write(Utf8JsonWriter json, long id, (DateTimeOffset Time, PlatformUser User) audit, Links links)
    {
        json.WriteNumber("user_id", audit.User.Id);
        json.WriteString("username", audit.User.Username);
        json.WriteString("user_role", audit.User.Role.StandardName);
        json.WriteString("message", "user signed in");
        json.WriteString("result_status", "success");
        json.WriteString("event_action", "login");
    }

    private IEnumerable<(EntityRow Row, EntityScore Score)> Scored() => estate.Entities.Select(row => (Row: row, Score: estate.ScoreOf(row)))
        .Where(static scored => scored.Score.LastDetection is not null).OrderBy(static scored => scored.Score.LastDetection);

    private IEnumerable<(DateTimeOffset Time, PlatformUser User)> Audits()
        => team.SelectMany(static user => Enumerable.Range(0, AuditsPerUser).Select(i => (Time: user.LastLogin.AddHours(-11 * i), user)))
            .OrderBy(static audit => audit.Time);
}
