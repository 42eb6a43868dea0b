using Sallyport.Connectors.Defender.Kql;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>Accounts of the directory, with the devices they signed in on.</summary>
internal static class DefenderUsers
{
    private const string Columns = "AccountUpn, AccountName, AccountDisplayName, AccountObjectId, OnPremSid, EmailAddress, Department, JobTitle, IsAccountEnabled";

    public static async Task<Answer<SeenUser>> AskAsync(DefenderClient client, UserQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        var (name, account) = (KqlText.Quote(question.Name), KqlText.Quote(SourceWire.Account(question.Name) ?? question.Name));
        var isUpn = question.Name.Contains('@', StringComparison.Ordinal);
        var condition = isUpn ? $"AccountUpn =~ {name} or EmailAddress =~ {name}" : $"AccountName =~ {account}";
        var people = await Hunt.RunAsync(client, $"IdentityInfo\n| where {condition}\n| summarize LastSeen = max(Timestamp) by {Columns}", question.Limit, cancellationToken);
        if (people.Items.Count == 0)
            return new Answer<SeenUser>([], null, people.Incomplete);
        var logons = await Hunt.RunAsync(
            client, $"DeviceLogonEvents\n| where AccountName =~ {account}\n| summarize LastSeen = max(Timestamp) by DeviceId, DeviceName, AccountSid", question.Limit, cancellationToken);
        return new Answer<SeenUser>(
            [.. people.Items.OrderByDescending(row => row.Time("LastSeen")).DistinctBy(row => row.Text("AccountObjectId") ?? row.Text("AccountUpn")).Select(row =>
            {
                var sid = row.Text("OnPremSid").OrNull();
                var hosts = logons.Items.Where(logon => sid is null || logon.Text("AccountSid").OrNull() is not { } other || other == sid)
                    .Select(logon => new HostIdentity(logon.Text("DeviceId"), SourceWire.ShortName(logon.Text("DeviceName") ?? ""), logon.Text("DeviceName")));
                return new SeenUser(
                    new UserIdentity(row.Text("AccountObjectId"), row.Text("AccountUpn").OrNull(), row.Text("AccountName").OrNull(), sid, row.Text("AccountObjectId").OrNull()),
                    row.Text("AccountDisplayName").OrNull(), row.Text("EmailAddress").OrNull(), row.Text("Department").OrNull(), row.Text("JobTitle").OrNull(),
                    State: row.Text("IsAccountEnabled") is "0" || row.Flag("IsAccountEnabled") is false ? "disabled" : "enabled",
                    Hosts: hosts.OrNull(), LastSeen: logons.Items.Select(logon => logon.Time("LastSeen")).Append(row.Time("LastSeen")).Max());
            })],
            null, people.Incomplete ?? logons.Incomplete);
    }
}
