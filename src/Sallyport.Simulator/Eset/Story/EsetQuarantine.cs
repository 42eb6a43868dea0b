using System.Text.Json.Nodes;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>Mail in quarantine, beginning with the bait of the story.</summary>
internal static class EsetQuarantine
{
    public static IEnumerable<JsonObject> Tell(EsetStory story)
    {
        var mails = Math.Min(60, story.World.DetectionCount(DetectionSource.Mail));
        for (var index = 0; index < mails; index++)
        {
            var detection = story.World.Detection(DetectionSource.Mail, index);
            var user = story.World.User(detection.UserIndex ?? 0);
            var mail = detection.Mail;
            yield return new JsonObject
            {
                ["uuid"] = story.Id(200 + index).ToString(),
                ["displayName"] = mail?.Subject ?? detection.Kind.Name,
                ["type"] = "QUARANTINED_OBJECT_TYPE_EMAIL_MESSAGE",
                ["objectOrigin"] = "OBJECT_ORIGIN_MS_OFFICE365",
                ["quarantineReason"] = index % 3 == 2 ? "QUARANTINE_REASON_SPAM" : "QUARANTINE_REASON_PHISHING",
                ["quarantineTime"] = EsetStory.Text(detection.FirstSeen),
                ["sizeBytes"] = "20480",
                ["isRestorable"] = true,
                ["isExcludable"] = true,
                ["phishingScanStatus"] = "OBJECT_SCAN_STATUS_POSITIVE_RESULT",
                ["email"] = new JsonObject
                {
                    ["from"] = mail?.Sender ?? "unknown@example",
                    ["to"] = user.Upn,
                    ["subject"] = mail?.Subject ?? "",
                    ["internetMessageId"] = $"<{detection.Id:N}@mail.example>",
                    ["mailboxUserUuid"] = user.Id.ToString(),
                    ["containedUrls"] = detection.Url is null ? [] : new JsonArray(detection.Url),
                },
            };
        }
    }
}
