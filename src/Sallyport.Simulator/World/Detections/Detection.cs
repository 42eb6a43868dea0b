namespace Sallyport.Simulator.World.Detections;

/// <summary>Where a detection comes from, which decides the platforms that show it.</summary>
public enum DetectionSource
{
    /// <summary>Network traffic of a device.</summary>
    Network,

    /// <summary>What an account did in the cloud.</summary>
    Cloud,

    /// <summary>An agent on a device.</summary>
    Endpoint,

    /// <summary>A mail in somebody's mailbox.</summary>
    Mail,
}

/// <summary>How bad, from a remark to an emergency.</summary>
public enum Severity
{
    Informational, Low, Medium, High, Critical,
}

/// <summary>What the attacker is after at this step.</summary>
public enum Tactic
{
    InitialAccess, Execution, Persistence, PrivilegeEscalation, DefenseEvasion, CredentialAccess, Discovery, LateralMovement,
    CommandAndControl, Botnet, Exfiltration, Impact, None,
}

/// <summary>Where a detection stands.</summary>
public enum DetectionState
{
    Active, Inactive, Resolved, Suppressed,
}

/// <summary>Points at one detection.</summary>
public readonly record struct DetectionRef(DetectionSource Source, int Index);

/// <summary>A sort of detection: what it is called, what it means and the ATT&amp;CK technique behind it.</summary>
/// <param name="Technique">MITRE ATT&amp;CK technique id, as T1071.004; empty for remarks.</param>
/// <param name="Evidence">For endpoint detections the command line, where %FILE% stands for the file.</param>
public sealed record DetectionKind(string Name, Tactic Tactic, string Technique, Severity Severity, string? FileName = null, string? Evidence = null);

/// <summary>A file as it lay on disk.</summary>
public sealed record FileSample(string Name, string Directory, string Sha1, string Sha256, long SizeInBytes)
{
    public string Path => $"{Directory}{(Directory.Contains('\\', StringComparison.Ordinal) ? '\\' : '/')}{Name}";
}

/// <summary>A program that ran.</summary>
public sealed record ProcessRun(int ProcessId, int ParentProcessId, string ParentName, string CommandLine);

/// <summary>The other end of a connection.</summary>
public sealed record RemoteEnd(string Address, string Domain, int Port, string Protocol, long BytesSent, long BytesReceived, int Sessions);

/// <summary>The mail that carried the bait.</summary>
public sealed record MailMessage(string Sender, string Subject, string? AttachmentName);

/// <summary>One thing that a security product noticed.</summary>
public sealed record Detection
{
    public required DetectionRef Ref { get; init; }

    public required Guid Id { get; init; }

    public required DetectionKind Kind { get; init; }

    /// <summary>The device it happened on; none for what an account did in the cloud.</summary>
    public int? DeviceIndex { get; init; }

    /// <summary>The user whose account was involved.</summary>
    public int? UserIndex { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required DetectionState State { get; init; }

    /// <summary>How dangerous, 0 to 99.</summary>
    public required int Threat { get; init; }

    /// <summary>How sure, 0 to 99.</summary>
    public required int Certainty { get; init; }

    public RemoteEnd? Remote { get; init; }

    public FileSample? File { get; init; }

    public ProcessRun? Process { get; init; }

    public MailMessage? Mail { get; init; }

    public string? Url { get; init; }

    /// <summary>The device that was aimed at, when it is one of ours.</summary>
    public int? TargetDeviceIndex { get; init; }

    public required string Description { get; init; }
}
