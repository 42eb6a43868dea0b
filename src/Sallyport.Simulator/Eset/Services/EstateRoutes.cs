using System.Text.Json.Nodes;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>Devices, device groups, asset groups, programs, installers and mobile devices.</summary>
internal static class EstateRoutes
{
    private const string Devices = "device-management";
    private const string Assets = "asset-management";
    private const string Applications = "application-management";
    private const string Installers = "installer-management";
    private const string Mobile = "mobile-device-management";

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Devices, "GET /v1/device_groups", request => EsetAnswers.PageAsync(request, "deviceGroups", [.. story.Documents.Groups.All().Select(DeviceGroup)])),
        new(Devices, "GET /v1/device_groups/{groupUuid}/devices", request => MembersAsync(story, request)),
        new(Devices, "GET /v1/devices", request => ListAsync(story, request)),
        new(Devices, "GET /v1/devices/{deviceUuid}", request => EsetAnswers.OneAsync(request, "device", Device(story, request, request.Id("deviceUuid")))),
        new(Devices, "GET /v1/devices:batchGet", request => EsetAnswers.AllAsync(
            request, "devices", request.Queries("devicesUuids").Select(id => Device(story, request, Guid.TryParse(id, out var known) ? known : Guid.Empty)).OfType<JsonNode>())),
        new(Devices, "POST /v1/devices/{deviceUuid}:move", request => ChangeAsync(story, request, "parentGroupUuid", request.Body["newParentUuid"])),
        new(Devices, "POST /v1/devices/{deviceUuid}:rename", request => ChangeAsync(story, request, "displayName", request.Body["displayName"])) { IsOnPremOnly = false },
        new(Devices, "POST /v1/devices/{deviceUuid}:renameDevice", request => ChangeAsync(story, request, "displayName", request.Body["displayName"])) { IsOnPremOnly = true },
        new(Devices, "POST /v1/devices:batchImport", request => ImportAsync(story, request)),
        new(Assets, "POST /v1/groups", request => EsetAnswers.OneAsync(request, "group", story.Documents.Groups.Add(request.Body["group"]?.AsObject() ?? []))),
        EsetRoute.Change(Assets, "DELETE /v1/groups/{groupUuid}", request => story.Documents.Groups.Remove(request.Path["groupUuid"])),
        new(Assets, "POST /v1/groups/{groupUuid}:move", request => GroupAsync(story, request, "parentGroupUuid", request.Body["newParentUuid"])),
        new(Assets, "POST /v1/groups/{groupUuid}:rename", request => GroupAsync(story, request, "displayName", request.Body["displayName"])),
        new(Applications, "GET /v1/executables", request => EsetAnswers.PageAsync(request, "executables", story.Documents.Executables.All())),
        new(Applications, "GET /v1/executables/{executableUuid}", request => EsetAnswers.OneAsync(request, "executable", story.Documents.Executables.Find(request.Path["executableUuid"]))),
        EsetRoute.Change(Applications, "POST /v1/executables/{executableUuid}:block", request => Block(story, request, isBlocked: true)),
        EsetRoute.Change(Applications, "POST /v1/executables/{executableUuid}:unblock", request => Block(story, request, isBlocked: false)),
        new(Installers, "POST /v1/gpo-sccm-files:generate", request => EsetAnswers.ObjectAsync(request, new JsonObject { ["gpoSccmFile"] = "W0VTRVRdCg==" })),
        new(Installers, "GET /v1/installers", request => EsetAnswers.PageAsync(request, "installers", story.Documents.Installers.All(
            installer => request.Query("usable") is not { } usable || ((bool?)installer["usable"] == true) == (usable == "true")), withTotal: true)),
        new(Installers, "POST /v1/installers", request => EsetAnswers.OneAsync(request, "installer", story.Documents.Installers.Add(request.Body["installer"]?.AsObject() ?? []))),
        new(Installers, "GET /v1/installers/{installerUuid}", request => EsetAnswers.OneAsync(request, "installer", story.Documents.Installers.Find(request.Path["installerUuid"]))),
        EsetRoute.Change(Installers, "DELETE /v1/installers/{installerUuid}", request => story.Documents.Installers.Remove(request.Path["installerUuid"])),
        new(Mobile, "POST /v1/mobile-devices:batchActivateProduct", request => EsetAnswers.ObjectAsync(request, new JsonObject { ["activationTaskTriggerUuid"] = story.NewId().ToString() })),
        new(Mobile, "POST /v1/mobile-devices:batchGetEnrollmentLinks", request => EsetAnswers.ObjectAsync(request, new JsonObject { ["enrollmentLinks"] = Links(request) })),
    ];

    private static JsonNode DeviceGroup(JsonNode group) => new JsonObject
    {
        ["uuid"] = group["uuid"]!.DeepClone(),
        ["displayName"] = group["displayName"]?.DeepClone(),
        ["parentGroupUuid"] = group["parentGroupUuid"]?.DeepClone(),
        ["isSecurityGroup"] = true,
        ["linkedEntityType"] = "DEVICE_GROUP_ENTITY_TYPE_UNSPECIFIED",
        ["etag"] = "g1",
    };

    private static Task ListAsync(EsetStory story, EsetRequest request)
    {
        var names = request.Queries("displayNames");
        var status = request.Query("functionalityStatus") is { } asked && !asked.EndsWith("UNSPECIFIED", StringComparison.Ordinal) ? asked : null;
        var isMuted = request.Query("isMuted");
        return EsetAnswers.PageAsync(request, "devices", story.World.DeviceCount, index =>
        {
            // ESET lists what its agent was installed on, and nothing else that is on the network.
            if (story.World.Device(index).Agent is null)
                return null;
            var device = EsetEstate.Device(story, index, request.Account.User);
            return (names.Count == 0 || names.Contains((string?)device["displayName"]))
                && (status is null || (string?)device["functionalityStatus"] == status)
                && (isMuted is null || ((bool?)device["isMuted"] == true) == (isMuted == "true")) ? device : null;
        });
    }

    private static Task MembersAsync(EsetStory story, EsetRequest request)
    {
        var group = request.Path["groupUuid"];
        var isTop = group == story.Documents.Root.ToString();
        return EsetAnswers.PageAsync(request, "devices", story.World.DeviceCount, index =>
        {
            var device = EsetEstate.Device(story, index, request.Account.User);
            var of = (string?)device["parentGroupUuid"];
            return of == group || (isTop && request.Flag("recurseSubgroups"))
                ? new JsonObject { ["uuid"] = (string?)device["uuid"], ["displayName"] = (string?)device["displayName"], ["groupUuid"] = of }
                : null;
        }, withTotal: true);
    }

    private static JsonObject? Device(EsetStory story, EsetRequest request, Guid id)
        => story.Devices.Value.TryGetValue(id, out var index) ? EsetEstate.Device(story, index, request.Account.User) : null;

    private static Task ChangeAsync(EsetStory story, EsetRequest request, string member, JsonNode? value)
    {
        var id = request.Id("deviceUuid");
        story.Change(story.Devices, id, new JsonObject { [member] = value?.DeepClone() });
        return EsetAnswers.OneAsync(request, "device", Device(story, request, id));
    }

    private static Task GroupAsync(EsetStory story, EsetRequest request, string member, JsonNode? value)
        => EsetAnswers.OneAsync(request, "group", story.Documents.Groups.Change(request.Path["groupUuid"], new JsonObject { [member] = value?.DeepClone() }));

    private static bool Block(EsetStory story, EsetRequest request, bool isBlocked)
        => story.Documents.Executables.Change(request.Path["executableUuid"], new JsonObject { ["isBlocked"] = isBlocked }) is not null;

    private static Task ImportAsync(EsetStory story, EsetRequest request)
    {
        var devices = (request.Body["devices"]?.AsArray() ?? []).Select(device =>
        {
            var imported = (JsonObject)device!.DeepClone();
            imported["uuid"] = story.NewId().ToString();
            imported["enrollmentStatus"] = "DEVICE_ENROLLMENT_STATUS_PENDING";
            return (JsonNode)imported;
        });
        return EsetAnswers.ObjectAsync(request, new JsonObject { ["devices"] = new JsonArray([.. devices]), ["errors"] = new JsonObject() });
    }

    private static JsonObject Links(EsetRequest request)
    {
        var links = new JsonObject();
        foreach (var device in request.Texts("deviceUuids"))
            links[device] = $"https://enroll.eset.example/{device}";
        return links;
    }
}
