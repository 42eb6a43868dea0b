namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>One nmap option that a caller may use: how it takes its value, what it needs, and which other option says the same thing.</summary>
/// <param name="Name">As nmap spells it.</param>
/// <param name="Slot">Options in the same slot exclude each other.</param>
/// <param name="Form">How its value is written.</param>
/// <param name="Needs">What has to be granted before it may be used.</param>
/// <param name="Check">Says what is wrong with a value, or null.</param>
internal sealed record NmapFlag(string Name, string Slot, ValueForm Form, FlagNeeds Needs, Func<string, string?>? Check = null);

/// <summary>How an option takes its value.</summary>
internal enum ValueForm
{
    None,

    /// <summary><c>--flag value</c> or <c>--flag=value</c>.</summary>
    Separate,

    /// <summary><c>-p 80</c>, <c>-p=80</c> or <c>-p80</c>.</summary>
    SeparateOrAttached,

    /// <summary><c>-PS</c> or <c>-PS22,80</c>; never the next token.</summary>
    OptionalAttached,
}

/// <summary>What an option or script needs beyond an ordinary scan.</summary>
[Flags]
internal enum FlagNeeds
{
    None = 0,

    /// <summary>Raw sockets: CAP_NET_RAW.</summary>
    RawSockets = 1,

    /// <summary>The operator's word that intrusive scans are allowed.</summary>
    Intrusive = 2,
}
