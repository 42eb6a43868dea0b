using System.Text.Json.Nodes;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>Programs that agents saw, beginning with the implant of the story.</summary>
internal static class EsetExecutables
{
    private const int Programs = 60;

    public static IEnumerable<JsonObject> Tell(EsetStory story)
    {
        for (var (index, told) = (0, 0); told < Programs && index < story.World.DetectionCount(DetectionSource.Endpoint); index++)
        {
            var detection = story.World.Detection(DetectionSource.Endpoint, index);
            if (detection.File is not { } file)
                continue;
            yield return new JsonObject
            {
                ["uuid"] = story.Id(100 + told++).ToString(),
                ["displayName"] = file.Name,
                ["description"] = detection.Kind.Name,
                ["fileFormat"] = "EXECUTABLE_FILE_FORMAT_PE",
                ["fileSize"] = file.SizeInBytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["hashSha1"] = file.Sha1,
                ["hashSha2256"] = file.Sha256,
                ["isBlocked"] = false,
                ["devicesCount"] = 1,
                ["firstOccurTime"] = EsetStory.Text(detection.FirstSeen),
                ["lastExecuteTime"] = EsetStory.Text(detection.LastSeen),
                ["tags"] = new JsonArray(),
                ["signatures"] = new JsonArray(),
            };
        }
    }
}
