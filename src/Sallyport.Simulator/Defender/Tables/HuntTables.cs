using Sallyport.Simulator.Defender.Kql;

namespace Sallyport.Simulator.Defender.Tables;

/// <summary>The hunting tables of one tenant, told from its company's story.</summary>
internal static class HuntTables
{
    public static HuntTable? Find(SimulatedTenant tenant, string name) => name switch
    {
        "DeviceInfo" => DeviceTables.Devices(tenant.World),
        "DeviceNetworkInfo" => DeviceTables.Adapters(tenant.World),
        "IdentityInfo" => IdentityTables.People(tenant.World),
        "DeviceProcessEvents" => DeviceTables.Processes(tenant.World),
        "DeviceFileEvents" => DeviceTables.Files(tenant.World),
        "DeviceNetworkEvents" => DeviceTables.Connections(tenant.World),
        "DeviceLogonEvents" => DeviceTables.Logons(tenant.World),
        "IdentityLogonEvents" => IdentityTables.Logons(tenant.World),
        "CloudAppEvents" => IdentityTables.CloudActions(tenant.World),
        "EmailEvents" => MailTables.Messages(tenant.World),
        "EmailAttachmentInfo" => MailTables.Attachments(tenant.World),
        "EmailUrlInfo" => MailTables.Links(tenant.World),
        "UrlClickEvents" => MailTables.Clicks(tenant.World),
        "AlertInfo" => AlertTables.Alerts(tenant),
        "AlertEvidence" => AlertTables.Evidence(tenant),
        "DeviceTvmSoftwareVulnerabilities" => DeviceTables.Weaknesses(tenant.World),
        "DeviceTvmSoftwareVulnerabilitiesKB" => DeviceTables.KnownWeaknesses(tenant.World),
        "SimRows" => Generated(tenant),
        _ => null,
    };

    /// <summary><c>Name:Type</c> for each column; text where no type is said.</summary>
    public static IReadOnlyList<HuntColumn> Columns(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static column =>
        column.Split(':') is [var name, var type] ? new HuntColumn(name, type) : new HuntColumn(column, "String"))];

    /// <summary>A hundred thousand rows of nothing, for tests of size.</summary>
    private static HuntTable Generated(SimulatedTenant tenant) => new(
        Columns("Timestamp:DateTime Number:Int64 Text"),
        Enumerable.Range(0, 100_000).Select(number => new object?[] { tenant.World.Now.AddSeconds(-number), (long)number, $"row {number} of {tenant.TenantId}" }));
}
