using Sallyport.Simulator.World.Devices;

namespace Sallyport.Simulator.World.Weaknesses;

/// <summary>Tells which vulnerability stands open where.</summary>
internal static class WeaknessStory
{
    private static readonly Vulnerability PathTraversal = new(
        Cast.WebServerCve, "Apache httpd 2.4.49 path traversal and code execution", 22, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
        7.5, 0.944, 0.999, IsKnownExploited: true, "Apache httpd", "2.4.49", "2.4.51");

    private static readonly Vulnerability[] OnWindows =
    [
        new("CVE-2021-34527", "Windows Print Spooler code execution", 269, "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8, 0.943, 0.999, true, "Windows Print Spooler", "10.0.17763", "10.0.17763.2029"),
        new("CVE-2022-30190", "Support Diagnostic Tool code execution", 610, "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8, 0.936, 0.998, true, "MSDT", "10.0.19041", "10.0.19041.1766"),
        new("CVE-2023-23397", "Outlook leaks credentials", 294, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, 0.931, 0.998, true, "Outlook", "16.0.15601", "16.0.16130"),
        new("CVE-2023-4863", "libwebp heap overflow", 787, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 8.8, 0.937, 0.998, true, "Chrome", "116.0.5845", "116.0.5845.187"),
        new("CVE-2020-0601", "CryptoAPI accepts forged certificates", 295, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:N", 8.1, 0.941, 0.999, true, "Windows CryptoAPI", "10.0.18362", "10.0.18362.592"),
    ];

    private static readonly Vulnerability[] OnLinux =
    [
        new("CVE-2024-6387", "OpenSSH signal handler race", 364, "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.1, 0.420, 0.973, false, "OpenSSH", "9.2p1", "9.8p1"),
        new("CVE-2021-3156", "sudo heap overflow", 193, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8, 0.922, 0.997, true, "sudo", "1.8.31", "1.9.5p2"),
        new("CVE-2021-44228", "Log4j message lookup code execution", 917, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0, 0.944, 1.0, true, "log4j-core", "2.14.1", "2.17.1"),
        new("CVE-2023-44487", "HTTP/2 rapid reset", 400, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, 0.944, 0.999, true, "nginx", "1.22.1", "1.25.3"),
        new("CVE-2022-0778", "OpenSSL endless loop on a certificate", 835, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, 0.075, 0.915, false, "openssl", "1.1.1k", "1.1.1n"),
    ];

    private static readonly Vulnerability[] OnThings =
    [
        new("CVE-2016-2183", "64-bit block ciphers in TLS", 200, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5, 0.401, 0.972, false, "openssl", "1.0.1", "1.1.0"),
        new("CVE-2014-0160", "OpenSSL heartbeat over-read", 125, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5, 0.945, 1.0, true, "openssl", "1.0.1f", "1.0.1g"),
        new("CVE-2023-48795", "SSH prefix truncation", 354, "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N", 5.9, 0.611, 0.982, false, "dropbear", "2020.81", "2024.84"),
    ];

    public static Weakness Tell(Company company, int index)
    {
        var dice = company.Roll(Purpose.Weakness, index);
        if (index == Cast.Weakness)
        {
            return Of(company, index, PathTraversal, company.Device(Cast.WebServer), TimeSpan.FromDays(43), ref dice) with
            {
                Port = CastDevices.WebServices[0].Port,
                Status = WeaknessStatus.Verified,
            };
        }
        if (index == Cast.VictimWeakness)
            return Of(company, index, OnWindows[2], company.Device(Cast.Victim), TimeSpan.FromDays(19), ref dice);
        var device = company.Device(dice.Between(Cast.Devices, company.DeviceCount - 1));
        var known = device.System.Family switch
        {
            SystemFamily.Windows => dice.Pick<Vulnerability>(OnWindows),
            SystemFamily.Embedded => dice.Pick<Vulnerability>(OnThings),
            _ => dice.Pick<Vulnerability>(OnLinux),
        };
        var status = Status(dice.Below(100));
        return Of(company, index, known, device, TimeSpan.FromDays(dice.Between(1, 300)), ref dice) with { Status = status };
    }

    private static WeaknessStatus Status(int percent) => percent switch
    {
        < 45 => WeaknessStatus.Open,
        < 65 => WeaknessStatus.Verified,
        < 88 => WeaknessStatus.Mitigated,
        < 95 => WeaknessStatus.FalsePositive,
        _ => WeaknessStatus.RiskAccepted,
    };

    private static Weakness Of(Company company, int index, Vulnerability known, Device device, TimeSpan age, ref Dice dice)
    {
        var text = $"{known.Component} {known.AffectedVersion} on {device.Fqdn} has {known.Cve}; {known.FixedVersion} has not.";
        return new()
        {
            Index = index,
            Id = dice.Uuid(),
            Vulnerability = known,
            DeviceIndex = device.Index,
            FirstFound = company.Ago(age),
            LastFound = company.Ago(TimeSpan.FromHours(dice.Between(1, 20))),
            Status = WeaknessStatus.Open,
            Description = company.Hostile(Purpose.Weakness, index) is { } hostile ? $"{text} {hostile}" : text,
        };
    }
}
