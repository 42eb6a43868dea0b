using System.Text.Json.Nodes;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>Roles, who holds them, and protected users.</summary>
internal static class AccessRoutes
{
    private const string Service = "iam";
    private const string Users = "user-management";

    private static readonly string[] Permissions = ["devices.read", "devices.write", "incidents.read", "incidents.write", "policies.read", "policies.write"];

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Service, "GET /v2/permissions", request => EsetAnswers.PageAsync(request, "permissions", Permissions.Length, index => new JsonObject { ["name"] = Permissions[index] })),
        new(Service, "GET /v2/role-assignments", request => EsetAnswers.PageAsync(request, "assignments", story.Documents.RoleAssignments.All(
            assignment => request.Query("subjectReference") is not { } subject || (string?)assignment["subjectReference"] == subject), withTotal: true)),
        EsetRoute.Change(Service, "POST /v2/role-assignments:assignRole", request => Assign(story, request)),
        EsetRoute.Change(Service, "POST /v2/role-assignments:revokeRole", request => Revoke(story, request)),
        new(Service, "POST /v2/roles", request => EsetAnswers.OneAsync(request, "role", story.Documents.Roles.Add(request.Body["role"]?.AsObject() ?? []))),
        EsetRoute.Change(Service, "DELETE /v2/roles/{roleName}", request => story.Documents.Roles.Remove(request.Path["roleName"])),
        new(Users, "GET /v1/users", request => ListAsync(story, request)),
        new(Users, "GET /v1/users/{userUuid}", request => EsetAnswers.OneAsync(request, "user", User(story, request.Id("userUuid")))),
        new(Users, "POST /v1/users:batchGetUsers", request => BatchAsync(story, request)),
    ];

    private static bool Assign(EsetStory story, EsetRequest request)
    {
        var subject = (string?)request.Body["subjectReference"] ?? "";
        var roles = Roles(story, subject);
        roles.Add(request.Body["role"]?.DeepClone());
        if (story.Documents.RoleAssignments.Change(subject, new JsonObject { ["roles"] = roles }) is null)
            story.Documents.RoleAssignments.Add(new JsonObject { ["subjectReference"] = subject, ["subjectType"] = request.Body["subjectType"]?.DeepClone(), ["roles"] = roles.DeepClone() });
        return true;
    }

    private static bool Revoke(EsetStory story, EsetRequest request)
    {
        var subject = (string?)request.Body["subjectReference"] ?? "";
        var name = (string?)request.Body["role"]?["roleName"];
        var kept = Roles(story, subject).Where(role => (string?)role?["roleName"] != name).Select(role => role?.DeepClone());
        return story.Documents.RoleAssignments.Change(subject, new JsonObject { ["roles"] = new JsonArray([.. kept]) }) is not null;
    }

    private static JsonArray Roles(EsetStory story, string subject)
        => story.Documents.RoleAssignments.Find(subject)?["roles"]?.DeepClone().AsArray() ?? [];

    private static JsonObject? User(EsetStory story, Guid id) => story.Users.Value.TryGetValue(id, out var index) ? EsetEstate.User(story, index) : null;

    private static Task ListAsync(EsetStory story, EsetRequest request)
    {
        var status = request.Query("protectionStatus") is { } asked && !asked.EndsWith("UNSPECIFIED", StringComparison.Ordinal) ? asked : null;
        return EsetAnswers.PageAsync(request, "users", story.World.UserCount, index =>
        {
            var user = story.World.User(index);
            var fits = (request.Query("displayName") is not { } name || user.DisplayName == name) && (request.Query("email") is not { } mail || user.Upn == mail)
                && (status is null || EsetEstate.Protection(user) == status);
            return fits ? EsetEstate.User(story, index) : null;
        }, withTotal: true);
    }

    /// <summary>All of them or none.</summary>
    private static Task BatchAsync(EsetStory story, EsetRequest request)
    {
        var users = request.Texts("usersUuids").Select(id => User(story, Guid.TryParse(id, out var known) ? known : Guid.Empty)).ToList();
        return users.Contains(null) || users.Count == 0
            ? EsetAnswers.ErrorAsync(request.Http, users.Count == 0 ? 400 : 404)
            : EsetAnswers.AllAsync(request, "users", users.OfType<JsonNode>());
    }
}
