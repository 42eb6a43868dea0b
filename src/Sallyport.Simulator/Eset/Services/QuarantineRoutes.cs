using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>The quarantine: list, count, restore, delete, download.</summary>
internal static class QuarantineRoutes
{
    private const string Service = "quarantine-management";
    private const string Path = "/v1/quarantined-objects";

    public static IEnumerable<EsetRoute> Of(EsetStory story, EsetControls controls) =>
    [
        new(Service, $"GET {Path}", request => EsetAnswers.PageAsync(request, "objects", story.Documents.Quarantine.All(found => Fits(name => request.Query($"filter.{name}"), found)))),
        new(Service, $"GET {Path}/count", request => EsetAnswers.ObjectAsync(request, new JsonObject
        {
            ["objectCount"] = story.Documents.Quarantine.All(found => Fits(name => request.Query($"filter.{name}"), found)).Count,
        })),
        new(Service, $"GET {Path}/{{objectUuid}}", request => EsetAnswers.OneAsync(request, "object", story.Documents.Quarantine.Find(request.Path["objectUuid"]))),
        EsetRoute.Change(Service, $"POST {Path}:batchDelete", request => Take(story, request.Texts("objectUuids"))),
        EsetRoute.Change(Service, $"POST {Path}:batchRestore", request => Take(story, request.Texts("objectUuids"))),
        EsetRoute.Change(Service, $"POST {Path}:purge", request => Take(story, Matching(story, request)) || true),
        EsetRoute.Change(Service, $"POST {Path}:restore", request => Take(story, Matching(story, request)) || true),
        new(Service, $"POST {Path}:batchDownload", request => DownloadAsync(request, controls, request.Texts("objectUuids"))),
        new(Service, $"POST {Path}:download", request => DownloadAsync(request, controls, Matching(story, request))),
    ];

    private static bool Fits(Func<string, string?> asked, JsonObject found)
    {
        var mail = found["email"]!;
        return Is(asked("objectOrigin"), found["objectOrigin"]) && Is(asked("objectType"), found["type"]) && Is(asked("quarantineReason"), found["quarantineReason"])
            && Is(asked("emailSender"), mail["from"]) && Is(asked("emailRecipient"), mail["to"]) && Is(asked("emailInternetMessageId"), mail["internetMessageId"])
            && (asked("emailSubject") is not { } part || ((string?)mail["subject"])?.Contains(part, StringComparison.OrdinalIgnoreCase) == true)
            && asked("fileName") is null;
    }

    private static bool Is(string? asked, JsonNode? value) => asked is null || asked.EndsWith("_UNSPECIFIED", StringComparison.Ordinal) || (string?)value == asked;

    private static bool Take(EsetStory story, IReadOnlyList<string> ids) => ids.Count > 0 && ids.Count(story.Documents.Quarantine.Remove) == ids.Count;

    private static List<string> Matching(EsetStory story, EsetRequest request)
    {
        var filter = request.Body["filter"]?.AsObject() ?? [];
        var excluded = request.Texts("excludedObjectUuids");
        return [.. story.Documents.Quarantine.All(found => Fits(name => (string?)filter[name], found)).Select(found => (string)found["uuid"]!).Except(excluded)];
    }

    private static Task DownloadAsync(EsetRequest request, EsetControls controls, IReadOnlyList<string> ids)
        => Answer.BytesAsync(request.Http, StatusCodes.Status200OK, "application/zip", controls.Archive ?? Zip(ids));

    private static byte[] Zip(IReadOnlyList<string> ids)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var id in ids)
            {
                using var entry = new StreamWriter(archive.CreateEntry($"{id}.eml").Open());
                entry.Write("Subject: a quarantined message\r\n\r\n");
            }
        }

        return buffer.ToArray();
    }
}
