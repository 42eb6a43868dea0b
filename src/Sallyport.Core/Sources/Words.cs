namespace Sallyport.Core.Sources;

/// <summary>How bad, in words that every platform's own can be put into. The order is the order of badness.</summary>
public enum SourceSeverity
{
    Unknown,
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>How far the work on an alert, an incident or a vulnerability is.</summary>
public enum WorkState
{
    Unknown,
    New,
    InProgress,
    Suppressed,
    Resolved,
}

/// <summary>What sort of thing an alert saw or an analyst looks for.</summary>
public enum ObservableKind
{
    Ip,
    Domain,
    Url,
    Sha256,
    Sha1,
    FileName,
    Email,
    Cve,
}

/// <summary>What kind of look a platform has at hosts.</summary>
public enum Viewpoint
{
    /// <summary>A program on the host reports.</summary>
    Agent,

    /// <summary>The network shows it, whether or not anything is installed on it.</summary>
    Network,

    /// <summary>A scan found it.</summary>
    Scan,

    /// <summary>A list of findings mentions it.</summary>
    Findings,
}
