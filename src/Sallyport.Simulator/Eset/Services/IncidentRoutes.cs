using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>Incidents and the comments on them.</summary>
internal static partial class IncidentRoutes
{
    private const string Service = "incident-management";
    private static readonly string[] Attributes = ["displayName", "description", "severity", "assigneeUuid"];

    private const string Comments = "/v2/incidents/{incidentUuid}/comments";

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Service, "GET /v2/incidents", request => ListAsync(story, request)),
        new(Service, "GET /v2/incidents/{incidentUuid}", request => EsetAnswers.OneAsync(request, "incident", One(story, request))),
        new(Service, "POST /v2/incidents/{incidentUuid}/basic-attributes:update", request => UpdateAsync(story, request)),
        EsetRoute.Change(Service, "POST /v2/incidents/{incidentUuid}:close", request => Close(story, request)),
        EsetRoute.Change(Service, "POST /v2/incidents/{incidentUuid}:reopen", request => Reopen(story, request)),
        new(Service, "GET " + Comments, request => One(story, request) is null
            ? EsetAnswers.ErrorAsync(request.Http, StatusCodes.Status404NotFound)
            : EsetAnswers.AllAsync(request, "comments", story.Documents.Comments.All(comment => (string?)comment["incidentUuid"] == request.Path["incidentUuid"]))),
        new(Service, "POST " + Comments, request => EsetAnswers.OneAsync(request, "comment", One(story, request) is null ? null : Comment(story, request, request.Body["comment"], isFinal: false))),
        new(Service, "GET " + Comments + "/{commentUuid}", request => EsetAnswers.OneAsync(request, "comment", story.Documents.Comments.Find(request.Path["commentUuid"]))),
        EsetRoute.Change(Service, "DELETE " + Comments + "/{commentUuid}", request => story.Documents.Comments.Remove(request.Path["commentUuid"])),
        EsetRoute.Change(Service, "POST " + Comments + "/{commentUuid}/text:update", request => story.Documents.Comments.Change(
            request.Path["commentUuid"], new JsonObject { ["text"] = request.Body["text"]?.DeepClone(), ["updateTime"] = story.Now }) is not null),
    ];

    private static JsonObject? One(EsetStory story, EsetRequest request)
        => story.Incidents.Value.TryGetValue(request.Id("incidentUuid"), out var index) ? EsetIncidents.One(story, index) : null;

    /// <summary>Understands comparisons with == and contains(), joined by &amp;&amp;.</summary>
    private static Task ListAsync(EsetStory story, EsetRequest request)
    {
        List<(string Member, bool IsPart, string Text)> terms = [];
        foreach (var term in (request.Query("filter") ?? "").Split("&&", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Term().Match(term) is not { Success: true } match)
                return EsetAnswers.ErrorAsync(request.Http, StatusCodes.Status400BadRequest);
            terms.Add((match.Groups["member"].Value, match.Groups["part"].Success, match.Groups["text"].Value));
        }

        return EsetAnswers.PageAsync(request, "incidents", story.World.IncidentCount, index =>
        {
            var incident = EsetIncidents.One(story, index);
            return terms.TrueForAll(term => incident[term.Member]?.ToString() is { } value
                && (term.IsPart ? value.Contains(term.Text, StringComparison.Ordinal) : value == term.Text)) ? incident : null;
        });
    }

    private static Task UpdateAsync(EsetStory story, EsetRequest request)
    {
        var members = new JsonObject { ["updateTime"] = story.Now };
        foreach (var name in Attributes)
        {
            if (request.Body[name] is { } value)
                members[name] = value.DeepClone();
        }

        story.Change(story.Incidents, request.Id("incidentUuid"), members);
        return EsetAnswers.OneAsync(request, "incident", One(story, request));
    }

    private static bool Close(EsetStory story, EsetRequest request)
    {
        if (request.Body["finalComment"] is { } comment)
            Comment(story, request, comment, isFinal: true);
        return story.Change(story.Incidents, request.Id("incidentUuid"), new JsonObject
        {
            ["status"] = "INCIDENT_STATUS_CLOSED",
            ["resolveReason"] = request.Body["closureReason"]?.DeepClone(),
            ["updateTime"] = story.Now,
        });
    }

    private static bool Reopen(EsetStory story, EsetRequest request)
    {
        if (request.Body["comment"] is { } comment)
            Comment(story, request, comment, isFinal: false);
        return story.Change(story.Incidents, request.Id("incidentUuid"), new JsonObject { ["status"] = "INCIDENT_STATUS_OPEN", ["updateTime"] = story.Now });
    }

    private static JsonObject Comment(EsetStory story, EsetRequest request, JsonNode? comment, bool isFinal) => story.Documents.Comments.Add(new JsonObject
    {
        ["incidentUuid"] = request.Path["incidentUuid"],
        ["text"] = comment?["text"]?.DeepClone(),
        ["isFinalComment"] = isFinal,
        ["authorUuid"] = story.Id(90).ToString(),
        ["createTime"] = story.Now,
        ["updateTime"] = story.Now,
    });

    [GeneratedRegex("""^(incident\.)?(?<member>[a-zA-Z]+)(\s*==\s*"(?<text>[^"]*)"|(?<part>\.contains)\("(?<text>[^"]*)"\))$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Term();
}
