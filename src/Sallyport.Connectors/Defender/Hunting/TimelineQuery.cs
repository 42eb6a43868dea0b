using System.Globalization;
using System.Text;
using Sallyport.Connectors.Defender.Kql;

namespace Sallyport.Connectors.Defender.Hunting;

/// <summary>Writes the query for everything that happened to one entity, in the same columns whatever table it is from.</summary>
/// <remarks>Values enter only as quoted literals; the time is in the query as well, because the older interface has no window.</remarks>
internal static class TimelineQuery
{
    private const string Process = "DeviceProcessEvents", Network = "DeviceNetworkEvents", Files = "DeviceFileEvents", Logons = "DeviceLogonEvents",
        Identity = "IdentityLogonEvents", Mail = "EmailEvents", Attachments = "EmailAttachmentInfo", Clicks = "UrlClickEvents", MailUrls = "EmailUrlInfo";

    private static readonly (string Table, string Columns)[] Branches =
    [
        (Process, "Device = DeviceName, Account = AccountName, Action = ActionType, File = FileName, Hash = SHA256, Address = \"\", Url = \"\", Detail = ProcessCommandLine"),
        (Network, "Device = DeviceName, Account = InitiatingProcessAccountName, Action = ActionType, File = InitiatingProcessFileName, Hash = InitiatingProcessSHA256, Address = RemoteIP, Url = RemoteUrl, Detail = InitiatingProcessCommandLine"),
        (Files, "Device = DeviceName, Account = InitiatingProcessAccountName, Action = ActionType, File = FileName, Hash = SHA256, Address = \"\", Url = \"\", Detail = FolderPath"),
        (Logons, "Device = DeviceName, Account = AccountName, Action = ActionType, File = \"\", Hash = \"\", Address = RemoteIP, Url = \"\", Detail = LogonType"),
        (Identity, "Device = DeviceName, Account = AccountUpn, Action = ActionType, File = \"\", Hash = \"\", Address = IPAddress, Url = \"\", Detail = Application"),
        (Mail, "Device = \"\", Account = RecipientEmailAddress, Action = DeliveryAction, File = \"\", Hash = \"\", Address = SenderIPv4, Url = \"\", Detail = Subject"),
        (Attachments, "Device = \"\", Account = RecipientEmailAddress, Action = \"EmailAttachment\", File = FileName, Hash = SHA256, Address = \"\", Url = \"\", Detail = SenderFromAddress"),
        (Clicks, "Device = \"\", Account = AccountUpn, Action = ActionType, File = \"\", Hash = \"\", Address = IPAddress, Url = Url, Detail = Workload"),
        (MailUrls, "Device = \"\", Account = \"\", Action = \"EmailUrl\", File = \"\", Hash = \"\", Address = \"\", Url = Url, Detail = UrlDomain"),
    ];

    public static string ForDevice(string device, TimelineSpan span)
    {
        var name = KqlText.Quote(device);
        var condition = $"DeviceId =~ {name} or DeviceName =~ {name} or DeviceName startswith {KqlText.Quote(device + ".")}";
        return Write(span, (Process, condition), (Network, condition), (Files, condition), (Logons, condition));
    }

    public static string ForUser(string user, TimelineSpan span)
    {
        var (name, start) = (KqlText.Quote(user), KqlText.Quote(user + "@"));
        var account = KqlText.Quote(user.Split('@')[0]);
        return Write(
            span,
            (Process, $"AccountName =~ {account} or AccountUpn =~ {name} or AccountSid =~ {name}"),
            (Network, $"InitiatingProcessAccountName =~ {account} or InitiatingProcessAccountUpn =~ {name} or InitiatingProcessAccountSid =~ {name}"),
            (Logons, $"AccountName =~ {account} or AccountSid =~ {name}"),
            (Identity, $"AccountUpn =~ {name} or AccountUpn startswith {start} or AccountSid =~ {name}"),
            (Mail, $"RecipientEmailAddress =~ {name} or RecipientEmailAddress startswith {start}"),
            (Clicks, $"AccountUpn =~ {name} or AccountUpn startswith {start}"));
    }

    public static string ForFile(string file, TimelineSpan span)
    {
        var column = file.All(char.IsAsciiHexDigit) ? file.Length switch { 64 => "SHA256", 40 => "SHA1", _ => "FileName" } : "FileName";
        var name = KqlText.Quote(file);
        (string, string)[] devices =
        [
            (Process, $"{column} =~ {name}"),
            (Files, $"{column} =~ {name}"),
            (Network, $"InitiatingProcess{column} =~ {name}"),
        ];
        // Mail knows no SHA-1.
        return column == "SHA1" ? Write(span, devices) : Write(span, [.. devices, (Attachments, $"{column} =~ {name}")]);
    }

    public static string ForAddress(string address, TimelineSpan span)
    {
        var value = KqlText.Quote(address);
        return Write(
            span,
            (Network, $"RemoteIP == {value} or LocalIP == {value}"),
            (Logons, $"RemoteIP == {value}"),
            (Identity, $"IPAddress == {value}"),
            (Mail, $"SenderIPv4 == {value} or SenderIPv6 == {value}"),
            (Clicks, $"IPAddress == {value}"));
    }

    public static string ForUrl(string url, TimelineSpan span)
    {
        var value = KqlText.Quote(url);
        return Write(span, (Network, $"RemoteUrl contains {value}"), (Clicks, $"Url contains {value}"), (MailUrls, $"Url contains {value}"));
    }

    /// <summary>Mail from or to an address, and what its owner clicked and signed in to.</summary>
    public static string ForMailAddress(string address, TimelineSpan span)
    {
        var value = KqlText.Quote(address);
        var mail = $"SenderFromAddress =~ {value} or RecipientEmailAddress =~ {value}";
        return Write(span, (Mail, mail), (Attachments, mail), (Clicks, $"AccountUpn =~ {value}"), (Identity, $"AccountUpn =~ {value}"));
    }

    private static string Write(TimelineSpan span, params ReadOnlySpan<(string Table, string Condition)> parts)
    {
        var query = new StringBuilder("union");
        for (var i = 0; i < parts.Length; i++)
        {
            var (table, condition) = parts[i];
            var columns = Array.Find(Branches, branch => branch.Table == table).Columns;
            query.Append(i == 0 ? "\n  (" : ",\n  (").Append(table)
                .Append(" | where Timestamp >= ").Append(KqlText.Quote(span.From)).Append(" and Timestamp <= ").Append(KqlText.Quote(span.To))
                .Append(" | where ").Append(condition)
                .Append(" | project Timestamp, Source = \"").Append(table).Append("\", ").Append(columns).Append(')');
        }

        return query.Append(CultureInfo.InvariantCulture, $"\n| top {span.Limit} by Timestamp desc").ToString();
    }
}

/// <summary>From when to when a timeline goes, and how many events it shows.</summary>
internal readonly record struct TimelineSpan(DateTimeOffset From, DateTimeOffset To, int Limit);
