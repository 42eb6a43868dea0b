namespace Sallyport.Simulator.World.Detections;

/// <summary>The sorts of detection that the background is made of.</summary>
internal static class DetectionKinds
{
    public static readonly DetectionKind DnsTunnel = new("Hidden DNS Tunnel", Tactic.CommandAndControl, "T1071.004", Severity.High);
    public static readonly DetectionKind RemoteExecution = new("Suspicious Remote Execution", Tactic.LateralMovement, "T1569.002", Severity.High);
    public static readonly DetectionKind PortScan = new("Port Scan", Tactic.Discovery, "T1046", Severity.Low);
    public static readonly DetectionKind SignOn = new("Azure AD Suspicious Sign-On", Tactic.InitialAccess, "T1078.004", Severity.High);
    public static readonly DetectionKind MailForwarding = new("O365 Suspicious Mail Forwarding", Tactic.Exfiltration, "T1114.003", Severity.Medium);
    public static readonly DetectionKind Phishing = new("Phishing mail delivered", Tactic.InitialAccess, "T1566.002", Severity.Medium);

    public static readonly DetectionKind[] Network =
    [
        DnsTunnel,
        new("Hidden HTTPS Tunnel", Tactic.CommandAndControl, "T1071.001", Severity.High),
        new("External Remote Access", Tactic.CommandAndControl, "T1219", Severity.Medium),
        new("Suspect Domain Activity", Tactic.CommandAndControl, "T1568.002", Severity.Low),
        new("Threat Intelligence Match", Tactic.CommandAndControl, "T1071", Severity.Medium),
        new("Cryptocurrency Mining", Tactic.Botnet, "T1496", Severity.Low),
        new("Outbound Port Sweep", Tactic.Botnet, "T1595.001", Severity.Low),
        new("Abnormal Ad Activity", Tactic.Botnet, "T1583.008", Severity.Low),
        PortScan,
        new("Port Sweep", Tactic.Discovery, "T1046", Severity.Low),
        new("File Share Enumeration", Tactic.Discovery, "T1135", Severity.Medium),
        new("Suspicious LDAP Query", Tactic.Discovery, "T1087.002", Severity.Medium),
        new("RPC Recon", Tactic.Discovery, "T1018", Severity.Medium),
        RemoteExecution,
        new("SMB Brute-Force", Tactic.LateralMovement, "T1110", Severity.Medium),
        new("Suspicious Remote Desktop", Tactic.LateralMovement, "T1021.001", Severity.Medium),
        new("Privilege Anomaly: Unusual Host", Tactic.LateralMovement, "T1078.002", Severity.High),
        new("Ransomware File Activity", Tactic.LateralMovement, "T1486", Severity.Critical),
        new("Data Smuggler", Tactic.Exfiltration, "T1048", Severity.High),
        new("Smash and Grab", Tactic.Exfiltration, "T1041", Severity.High),
        new("New Host Role", Tactic.None, "", Severity.Informational),
    ];

    public static readonly DetectionKind[] Cloud =
    [
        SignOn,
        MailForwarding,
        new("Azure AD Privilege Operation Anomaly", Tactic.LateralMovement, "T1098.003", Severity.High),
        new("Azure AD Redundant Access Creation", Tactic.CommandAndControl, "T1136.003", Severity.Medium),
        new("O365 Suspicious Download Activity", Tactic.Exfiltration, "T1530", Severity.Medium),
        new("O365 Suspicious eDiscovery Search", Tactic.Discovery, "T1213.002", Severity.Medium),
        new("AWS User Permissions Enumeration", Tactic.Discovery, "T1069.003", Severity.Low),
        new("AWS Cryptomining", Tactic.Botnet, "T1496", Severity.Medium),
    ];

    public static readonly DetectionKind OfficeScript =
        new("Office program started PowerShell", Tactic.Execution, "T1059.001", Severity.High, "powershell.exe", "powershell.exe -nop -w hidden -enc SQBFAFgA");

    public static readonly DetectionKind Implant =
        new("Win64/Agent.TNL", Tactic.CommandAndControl, "T1204.002", Severity.High, "updater.exe", "\"%FILE%\" --svc --dns tunnel.example");

    public static readonly DetectionKind WebShell =
        new("Web server started a shell", Tactic.InitialAccess, "T1190", Severity.High, "sh", "/bin/sh -c id; uname -a");

    public static readonly DetectionKind[] Endpoint =
    [
        OfficeScript,
        Implant,
        new("Credential dumping from LSASS", Tactic.CredentialAccess, "T1003.001", Severity.Critical, "procdump.exe", "\"%FILE%\" -ma lsass.exe out.dmp"),
        new("Scheduled task created by a script", Tactic.Persistence, "T1053.005", Severity.Medium, "schtasks.exe", "schtasks /create /sc onlogon /tn Sync /tr \"%FILE%\""),
        new("Run key points to a temporary file", Tactic.Persistence, "T1547.001", Severity.Medium, "reg.exe", "reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v Sync /d \"%FILE%\""),
        new("Shadow copies deleted", Tactic.Impact, "T1490", Severity.Critical, "vssadmin.exe", "vssadmin delete shadows /all /quiet"),
        new("Security tool tampered with", Tactic.DefenseEvasion, "T1562.001", Severity.High, "sc.exe", "sc stop agentd"),
        new("JS/Kryptik.CQN", Tactic.Execution, "T1059.007", Severity.Medium, "delivery-note.js", "wscript.exe \"%FILE%\""),
        new("Potentially unwanted application", Tactic.Execution, "T1204.002", Severity.Low, "pdf-toolbar-setup.exe", "\"%FILE%\" /S"),
        new("Test file EICAR", Tactic.None, "", Severity.Informational, "eicar.com", "\"%FILE%\""),
        new("Blocked address opened in browser", Tactic.InitialAccess, "T1189", Severity.Low, "msedge.exe", "msedge.exe --single-argument"),
        new("Many failed sign-ins over RDP", Tactic.CredentialAccess, "T1110.001", Severity.Medium, "svchost.exe", "svchost.exe -k termsvcs"),
    ];

    public static readonly DetectionKind[] Mail =
    [
        Phishing,
        new("Malicious attachment removed after delivery", Tactic.InitialAccess, "T1566.001", Severity.Low),
        new("Sender imitates a colleague", Tactic.InitialAccess, "T1656", Severity.Medium),
    ];

    public static DetectionKind[] Of(DetectionSource source) => source switch
    {
        DetectionSource.Network => Network,
        DetectionSource.Cloud => Cloud,
        DetectionSource.Endpoint => Endpoint,
        _ => Mail,
    };
}
