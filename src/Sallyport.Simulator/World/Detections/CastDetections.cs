using Sallyport.Simulator.World.Devices;

namespace Sallyport.Simulator.World.Detections;

/// <summary>Tells the detections of the tour, in the order in which the attack went on.</summary>
internal static class CastDetections
{
    public static Detection? Tell(Company company, DetectionRef which) => which switch
    {
        (DetectionSource.Mail, 0) => Of(company, which, DetectionKinds.Phishing, 0, 0, 70, 88, "Mail with a link to a known phishing page, delivered to alice.") with
        {
            UserIndex = Cast.PhishedUser,
            Mail = new(Cast.PhishingSender, "Invoice Q3 is overdue", "Invoice_Q3.xlsm"),
            Url = Cast.PhishingUrl,
        },
        (DetectionSource.Endpoint, 0) => OnVictim(company, Of(company, which, DetectionKinds.OfficeScript, 15, 17, 75, 90,
            "EXCEL.EXE started a hidden PowerShell with an encoded command.")),
        (DetectionSource.Endpoint, 1) => OnVictim(company, Of(company, which, DetectionKinds.Implant, 20, 20, 80, 95,
            "A program known to tunnel commands over DNS was written to disk and started.")),
        (DetectionSource.Network, 0) => Of(company, which, DetectionKinds.DnsTunnel, 60, 1_470, 60, 70,
            "ws-37 talks to tunnel.example inside DNS queries.") with
        {
            DeviceIndex = Cast.Victim,
            UserIndex = Cast.PhishedUser,
            Remote = new(Cast.BeaconAddress, Cast.BeaconDomain, 53, "dns", 478_002, 557_123, 3_164),
        },
        (DetectionSource.Network, 1) => Of(company, which, DetectionKinds.PortScan, 360, 372, 35, 60,
            "ws-37 tried many ports of the servers in its network.") with
        {
            DeviceIndex = Cast.Victim,
            TargetDeviceIndex = Cast.WebServer,
            Remote = new("10.1.2.10", "srv-web-01.contoso.example", 80, "tcp", 61_440, 30_720, 1_024),
        },
        (DetectionSource.Network, 2) => Of(company, which, DetectionKinds.RemoteExecution, 420, 424, 66, 58,
            "ws-37 tried to start a service on dc-01.") with
        {
            DeviceIndex = Cast.Victim,
            TargetDeviceIndex = Cast.DomainController,
            Remote = new("10.1.2.5", "dc-01.contoso.example", 445, "smb", 20_480, 8_192, 6),
        },
        (DetectionSource.Endpoint, 2) => OnWebServer(company, Of(company, which, DetectionKinds.WebShell, 450, 451, 78, 85,
            "Apache httpd 2.4.49 started a shell after a request with an encoded path.")),
        (DetectionSource.Cloud, 0) => Of(company, which, DetectionKinds.SignOn, 600, 605, 76, 65,
            "alice signed in from 203.0.113.9, an address never seen for this account.") with
        {
            UserIndex = Cast.PhishedUser,
            Remote = new(Cast.BeaconAddress, Cast.BeaconDomain, 443, "https", 18_220, 96_110, 2),
        },
        (DetectionSource.Cloud, 1) => Of(company, which, DetectionKinds.MailForwarding, 620, 621, 62, 72,
            "A rule that forwards all mail of alice to an outside address was created.") with
        {
            UserIndex = Cast.PhishedUser,
            Remote = new(Cast.BeaconAddress, Cast.BeaconDomain, 443, "https", 2_410, 5_090, 1),
        },
        _ => null,
    };

    private static Detection OnVictim(Company company, Detection detection)
    {
        var dice = company.Roll(Purpose.Endpoint, -1 - detection.Ref.Index);
        var file = DetectionStory.Sample(company.Seed, detection.Kind, -1 - detection.Ref.Index, SystemFamily.Windows) with
        {
            Directory = detection.Kind == DetectionKinds.Implant ? @"C:\Users\alice\AppData\Local\Temp" : @"C:\Windows\System32\WindowsPowerShell\v1.0",
        };
        return detection with
        {
            DeviceIndex = Cast.Victim,
            UserIndex = Cast.PhishedUser,
            File = file,
            Process = DetectionStory.Run(detection.Kind, file, ref dice) with { ParentName = detection.Kind == DetectionKinds.Implant ? "powershell.exe" : "EXCEL.EXE" },
            Remote = detection.Kind == DetectionKinds.Implant ? new(Cast.BeaconAddress, Cast.BeaconDomain, 53, "dns", 1_204, 2_011, 4) : null,
        };
    }

    private static Detection OnWebServer(Company company, Detection detection)
    {
        var dice = company.Roll(Purpose.Endpoint, -1 - detection.Ref.Index);
        var file = DetectionStory.Sample(company.Seed, detection.Kind, -1 - detection.Ref.Index, SystemFamily.Linux) with { Directory = "/usr/bin" };
        return detection with
        {
            DeviceIndex = Cast.WebServer,
            File = file,
            Process = DetectionStory.Run(detection.Kind, file, ref dice) with { ParentName = "httpd" },
            Remote = new("10.1.2.3", "ws-37.contoso.example", 80, "http", 912, 4_410, 3),
            Url = "http://srv-web-01.contoso.example/cgi-bin/.%2e/.%2e/bin/sh",
        };
    }

    private static Detection Of(Company company, DetectionRef which, DetectionKind kind, int from, int until, int threat, int certainty, string text)
    {
        var dice = company.Roll(Purpose.Incident, -100 - ((int)which.Source * 10) - which.Index);
        var began = company.Ago(Cast.Began);
        return new()
        {
            Ref = which,
            Id = dice.Uuid(),
            Kind = kind,
            FirstSeen = began + TimeSpan.FromMinutes(from),
            LastSeen = began + TimeSpan.FromMinutes(until),
            State = DetectionState.Active,
            Threat = threat,
            Certainty = certainty,
            Description = text,
        };
    }
}
