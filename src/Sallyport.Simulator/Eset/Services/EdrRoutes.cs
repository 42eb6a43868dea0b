using System.Text.Json.Nodes;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>EDR rules and the exclusions from them.</summary>
internal static class EdrRoutes
{
    private const string Service = "incident-management";

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Service, "GET /v2/edr-rules", request => EsetAnswers.PageAsync(request, "rules", story.Documents.Rules.All(
            rule => request.Query("severityLevel") is not { } level || level.EndsWith("UNSPECIFIED", StringComparison.Ordinal) || (string?)rule["severityLevel"] == level), request.Flag("includeTotalSize"))),
        new(Service, "POST /v2/edr-rules", request => EsetAnswers.OneAsync(request, "rule", story.Documents.Rules.Add(request.Body["rule"]?.AsObject() ?? []))),
        new(Service, "GET /v2/edr-rules/{ruleUuid}", request => EsetAnswers.OneAsync(request, "rule", story.Documents.Rules.Find(request.Path["ruleUuid"]))),
        EsetRoute.Change(Service, "DELETE /v2/edr-rules/{ruleUuid}", request => story.Documents.Rules.Remove(request.Path["ruleUuid"])),
        EsetRoute.Change(Service, "POST /v2/edr-rules/{ruleUuid}:disable", request => Enable(story, request, isEnabled: false)),
        EsetRoute.Change(Service, "POST /v2/edr-rules/{ruleUuid}:enable", request => Enable(story, request, isEnabled: true)),
        new(Service, "POST /v2/edr-rules/{ruleUuid}:updateDefinition", request => EsetAnswers.OneAsync(request, "rule", story.Documents.Rules.Change(request.Path["ruleUuid"], Definition(request)))),
        new(Service, "GET /v2/edr-rule-exclusions", request => EsetAnswers.PageAsync(request, "exclusions", story.Documents.Exclusions.All(), request.Flag("includeTotalSize"))),
        new(Service, "POST /v2/edr-rule-exclusions", request => EsetAnswers.OneAsync(request, "exclusion", story.Documents.Exclusions.Add(request.Body["exclusion"]?.AsObject() ?? []))),
        new(Service, "GET /v2/edr-rule-exclusions/{exclusionUuid}", request => EsetAnswers.OneAsync(request, "exclusion", story.Documents.Exclusions.Find(request.Path["exclusionUuid"]))),
        EsetRoute.Change(Service, "DELETE /v2/edr-rule-exclusions/{exclusionUuid}", request => story.Documents.Exclusions.Remove(request.Path["exclusionUuid"])),
        new(Service, "POST /v2/edr-rule-exclusions/{exclusionUuid}:updateDefinition", request => EsetAnswers.OneAsync(
            request, "exclusion", story.Documents.Exclusions.Change(request.Path["exclusionUuid"], Definition(request)))),
    ];

    private static bool Enable(EsetStory story, EsetRequest request, bool isEnabled)
        => story.Documents.Rules.Change(request.Path["ruleUuid"], new JsonObject { ["enabled"] = isEnabled }) is not null;

    private static JsonObject Definition(EsetRequest request) => new() { ["xmlDefinition"] = request.Body["xmlDefinition"]?.DeepClone() };
}
