namespace Sallyport.Core.Tools;

/// <summary>What a role must hold before it may use a tool.</summary>
public enum ToolPermission
{
    /// <summary>Read what a platform knows.</summary>
    Read,

    /// <summary>Ask whether a platform or the gate itself is well.</summary>
    System,

    /// <summary>Scan the network, or bring a scanner's report in.</summary>
    Scan,

    /// <summary>Change findings: close, reopen, tag, comment.</summary>
    Findings,

    /// <summary>Create and change engagements and tests.</summary>
    Engagements,

    /// <summary>Create products.</summary>
    Products,

    /// <summary>Act on hosts, users, incidents, detections and policies.</summary>
    Respond,

    /// <summary>See which tools there are. Every role holds it: nobody is shown a tool that the role may not use.</summary>
    Discover,
}
