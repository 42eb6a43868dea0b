using Sallyport.Simulator.Defender.Kql;

namespace Sallyport.Simulator.Defender.Tables;

/// <summary>Alerts as hunting shows them.</summary>
internal static class AlertTables
{
    public static HuntTable Alerts(SimulatedTenant tenant) => new(
        HuntTables.Columns("Timestamp:DateTime AlertId Title Category Severity ServiceSource DetectionSource AttackTechniques"),
        tenant.Alerts.Select(alert => new object?[]
        {
            alert.Detection.FirstSeen, alert.Id, tenant.TitleOf(alert), alert.Detection.Kind.Tactic.ToString(), DefenderWords.Severity(alert.Detection.Kind.Severity),
            "Microsoft Defender for Endpoint", DefenderWords.Source(alert.Detection), alert.Detection.Kind.Technique,
        }));

    public static HuntTable Evidence(SimulatedTenant tenant) => new(
        HuntTables.Columns("Timestamp:DateTime AlertId Title EntityType EvidenceRole DeviceId DeviceName AccountUpn FileName SHA256 RemoteIP RemoteUrl"),
        tenant.Alerts.SelectMany(alert => Rows(tenant, alert)));

    private static IEnumerable<object?[]> Rows(SimulatedTenant tenant, SimulatedAlert alert)
    {
        var (seen, world) = (alert.Detection, tenant.World);
        object?[] Row(string type, string device = "", string name = "", string upn = "", string file = "", string hash = "", string address = "", string url = "")
            => [seen.FirstSeen, alert.Id, tenant.TitleOf(alert), type, "Related", device, name, upn, file, hash, address, url];
        if (seen.DeviceIndex is { } index && world.Device(index) is var machine)
            yield return Row("Machine", DeviceTables.IdOf(machine), machine.Fqdn);
        if (seen.UserIndex is { } user)
            yield return Row("User", upn: world.User(user).Upn);
        if (seen.File is { } file)
            yield return Row("File", file: file.Name, hash: file.Sha256);
        if (seen.Remote is { } remote)
            yield return Row("Ip", address: remote.Address, url: remote.Domain);
        if (seen.Url is { } url)
            yield return Row("Url", url: url);
    }
}
