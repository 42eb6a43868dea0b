using Sallyport.Simulator.Defender.Kql;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Defender.Tables;

/// <summary>What came by mail, and who clicked.</summary>
internal static class MailTables
{
    private const string SenderAddress = "198.51.100.25";

    public static HuntTable Messages(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime NetworkMessageId SenderFromAddress SenderDisplayName SenderIPv4 SenderIPv6 RecipientEmailAddress Subject DeliveryAction ThreatTypes"),
        Mails(world).Select(mail => new object?[]
        {
            mail.FirstSeen, mail.Id.ToString(), mail.Mail!.Sender, mail.Mail.Sender.Split('@')[0], SenderAddress, "", world.User(mail.UserIndex!.Value).Upn, mail.Mail.Subject, "Delivered", "Phish",
        }));

    public static HuntTable Attachments(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime NetworkMessageId SenderFromAddress RecipientEmailAddress FileName FileType SHA256"),
        Mails(world).Where(static mail => mail.Mail!.AttachmentName is not null).Select(mail => new object?[]
        {
            mail.FirstSeen, mail.Id.ToString(), mail.Mail!.Sender, world.User(mail.UserIndex!.Value).Upn, mail.Mail.AttachmentName, Path.GetExtension(mail.Mail.AttachmentName), "",
        }));

    public static HuntTable Links(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime NetworkMessageId Url UrlDomain"),
        Mails(world).Where(static mail => mail.Url is not null).Select(mail => new object?[] { mail.FirstSeen, mail.Id.ToString(), mail.Url, new Uri(mail.Url!).Host }));

    /// <summary>Alice is the one who clicked.</summary>
    public static HuntTable Clicks(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime ActionType Url AccountUpn IPAddress Workload NetworkMessageId"),
        Mails(world).Where(static mail => mail.Url is not null && mail.UserIndex == Cast.PhishedUser).Select(mail => new object?[]
        {
            mail.FirstSeen.AddMinutes(11), "ClickAllowed", mail.Url, world.User(mail.UserIndex!.Value).Upn, world.Device(Cast.Victim).Address, "Email", mail.Id.ToString(),
        }));

    private static IEnumerable<Detection> Mails(Company world)
        => world.Detections(DetectionSource.Mail).Where(static detection => detection is { Mail: not null, UserIndex: not null });
}
