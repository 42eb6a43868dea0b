namespace Sallyport.Simulator.World;

/// <summary>Those who play a part in the tour, by index, and the facts that join them across platforms.</summary>
/// <remarks>
/// Alice opens a phishing mail on ws-37; a script drops an implant that beacons over DNS; from there the attacker tries the
/// unpatched web server srv-web-01 and the domain controller, and signs in to the cloud as Alice.
/// </remarks>
public static class Cast
{
    /// <summary>How many devices, from index 0, are named by the story; the rest is background.</summary>
    public const int Devices = 8;

    /// <summary>ws-37, 10.1.2.3: the phished user's workstation.</summary>
    public const int Victim = 0;

    /// <summary>srv-web-01, 10.1.2.10: runs the unpatched service that a port scan finds open.</summary>
    public const int WebServer = 1;

    /// <summary>dc-01, 10.1.2.5: a key asset that the attacker looks at.</summary>
    public const int DomainController = 2;

    /// <summary>cam-lobby-01, 10.1.2.77: seen on the network only; no agent can be installed on it.</summary>
    public const int NetworkOnly = 3;

    /// <summary>ws-52, 10.1.2.52: on the network every day, its agent silent for five weeks.</summary>
    public const int SilentAgent = 4;

    /// <summary>ws-112 held 10.1.2.40 until twelve days ago.</summary>
    public const int SharedAddressBefore = 5;

    /// <summary>ws-118 has held 10.1.2.40 for eleven days.</summary>
    public const int SharedAddressAfter = 6;

    /// <summary>srv-file-01, 10.1.2.12: the file server.</summary>
    public const int FileServer = 7;

    /// <summary>How many people, from index 0, are named by the story.</summary>
    public const int Users = 3;

    /// <summary>alice@contoso.example.</summary>
    public const int PhishedUser = 0;

    /// <summary>bob@contoso.example, who administers the domain.</summary>
    public const int Administrator = 1;

    /// <summary>svc-backup@contoso.example, which no person uses.</summary>
    public const int ServiceAccount = 2;

    public const string SharedAddress = "10.1.2.40";
    public const string BeaconAddress = "203.0.113.9";
    public const string BeaconDomain = "tunnel.example";
    public const string PhishingUrl = "https://invoices.billing-portal.example/q3/open?id=4471";
    public const string PhishingSender = "accounts@billing-portal.example";
    public const string WebServerCve = "CVE-2021-41773";

    /// <summary>The incident of the tour is incident 0.</summary>
    public const int Incident = 0;

    /// <summary>The unpatched finding of the tour is weakness 0.</summary>
    public const int Weakness = 0;

    /// <summary>The unpatched mail program on ws-37 is weakness 1.</summary>
    public const int VictimWeakness = 1;

    internal const int EndpointDetections = 3;
    internal const int NetworkDetections = 3;
    internal const int CloudDetections = 2;
    internal const int MailDetections = 1;

    /// <summary>The attack began this long before the story is told.</summary>
    internal static readonly TimeSpan Began = TimeSpan.FromHours(26);
}
