using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>Policies, their assignments, and the address sets and web rules in them.</summary>
internal static class PolicyRoutes
{
    private const string Service = "policy-management";
    private const string Network = "network-access-protection";
    private const string Web = "web-access-protection";

    private static readonly string[] Targets = ["deviceUuid", "deviceGroupUuid", "subscriptionUuid"];

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Service, "GET /v2/policies", request => EsetAnswers.PageAsync(request, "policies", story.Documents.Policies.All())),
        new(Service, "POST /v2/policies", request => EsetAnswers.OneAsync(request, "policy", story.Documents.Policies.Add(request.Body["policy"]?.AsObject() ?? []))),
        new(Service, "GET /v2/policies/{policyUuid}", request => EsetAnswers.OneAsync(request, "policy", Policy(story, request))),
        EsetRoute.Change(Service, "DELETE /v2/policies/{policyUuid}", request => story.Documents.Policies.Remove(request.Path["policyUuid"])),
        new(Service, "GET /v2/policy-assignments", request => EsetAnswers.PageAsync(request, "assignments", story.Documents.Assignments.All(assignment => Fits(request, assignment)))),
        new(Service, "POST /v2/policy-assignments", request => AssignAsync(story, request)),
        new(Service, "GET /v2/policy-assignments/{assignmentUuid}", request => EsetAnswers.OneAsync(request, "assignment", story.Documents.Assignments.Find(request.Path["assignmentUuid"]))),
        EsetRoute.Change(Service, "DELETE /v2/policy-assignments/{assignmentUuid}", request => story.Documents.Assignments.Remove(request.Path["assignmentUuid"])),
        EsetRoute.Change(Service, "POST /v2/policy-assignments/{assignmentUuid}:updateRanking", request => story.Documents.Assignments.Change(
            request.Path["assignmentUuid"], new JsonObject { ["rank"] = request.Body["rank"]?.DeepClone() }) is not null),
        new(Network, "GET /v1/policies/{policyUuid}/ip-sets", request => Policy(story, request) is null
            ? EsetAnswers.ErrorAsync(request.Http, StatusCodes.Status404NotFound)
            : EsetAnswers.PageAsync(request, "ipSets", story.Documents.IpSets.All())),
        new(Network, "GET /v1/policies/{policyUuid}/ip-sets/{ipSetUuid}", request => EsetAnswers.OneAsync(request, "ipSet", story.Documents.IpSets.Find(request.Path["ipSetUuid"]))),
        new(Network, "POST /v1/policies/{policyUuid}/ip-sets/{ipSetUuid}:update", request => EsetAnswers.OneAsync(
            request, "ipSet", story.Documents.IpSets.Change(request.Path["ipSetUuid"], request.Body["ipSet"]?.AsObject() ?? []))),
        new(Web, "GET /v2/policies/{policyUuid}/web-address-rules", request => RulesAsync(story, request)),
        new(Web, "PUT /v2/policies/{policyUuid}/web-address-rules/{addressRuleUuid}/domains", request => DomainsAsync(story, request)),
    ];

    private static JsonObject? Policy(EsetStory story, EsetRequest request) => story.Documents.Policies.Find(request.Path["policyUuid"]);

    private static bool Fits(EsetRequest request, JsonObject assignment)
    {
        var policies = request.Queries("policyUuids");
        var target = assignment["target"]?.AsObject() ?? [];
        return (policies.Count == 0 || policies.Contains((string?)assignment["policyUuid"]))
            && Same(request.Query("policyUuid"), assignment["policyUuid"])
            && Targets.All(name => Same(request.Query($"target.{name}"), target[name]));
    }

    private static bool Same(string? asked, JsonNode? value) => asked is null || (string?)value == asked;

    private static Task AssignAsync(EsetStory story, EsetRequest request)
    {
        var assignment = (JsonObject?)request.Body["assignment"]?.DeepClone() ?? [];
        if (story.Documents.Policies.Find((string?)assignment["policyUuid"] ?? "") is null)
            return EsetAnswers.ErrorAsync(request.Http, StatusCodes.Status400BadRequest);
        assignment["rank"] = story.Documents.Assignments.All(other => JsonNode.DeepEquals(other["target"], assignment["target"])).Count + 1;
        return EsetAnswers.OneAsync(request, "assignment", story.Documents.Assignments.Add(assignment));
    }

    private static Task RulesAsync(EsetStory story, EsetRequest request)
    {
        if (Policy(story, request) is null)
            return EsetAnswers.ErrorAsync(request.Http, StatusCodes.Status404NotFound);
        var rules = story.Documents.WebRules.All(rule => request.Query("includeDomain") is not { } domain
            || rule["domains"]!.AsArray().Any(listed => (string?)listed == domain));
        return EsetAnswers.AllAsync(request, "addressRuleUuids", rules.Select(rule => rule["uuid"]!.DeepClone()));
    }

    private static Task DomainsAsync(EsetStory story, EsetRequest request)
    {
        var malformed = request.Texts("urls").Where(url => url.Contains(' ', StringComparison.Ordinal)).ToList();
        var taken = request.Texts("urls").Except(malformed).ToList();
        var rule = story.Documents.WebRules.Change(request.Path["addressRuleUuid"], new JsonObject { ["domains"] = new JsonArray([.. taken.Select(url => (JsonNode)url)]) });
        return rule is null ? EsetAnswers.ErrorAsync(request.Http, StatusCodes.Status404NotFound) : EsetAnswers.ObjectAsync(request, new JsonObject
        {
            ["addedDomainsCount"] = taken.Count,
            ["malformedDomains"] = new JsonArray([.. malformed.Select(url => (JsonNode)url)]),
        });
    }
}
