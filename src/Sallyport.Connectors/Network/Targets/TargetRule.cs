using System.Numerics;

namespace Sallyport.Connectors.Network.Targets;

/// <summary>Decides which addresses and names a tool may be pointed at. What is denied wins; some ranges nothing opens.</summary>
internal sealed class TargetRule(TargetList allowed, TargetList denied)
{
    private const int MaxTextLength = 255;

    /// <summary>Cloud metadata, documentation, benchmark, multicast and reserved ranges: never a target, whatever the settings say.</summary>
    private static readonly AddressSet Never = new(TargetList.Ranges(
        "0.0.0.0/8", "169.254.0.0/16", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"));

    private readonly string _allowedTokens = allowed.Tokens.Count == 0 ? "none" : string.Join(", ", allowed.Tokens);

    /// <summary>Judges a target as written; a name still has to be looked up.</summary>
    /// <param name="maxAddresses">How many addresses the tool takes in one call.</param>
    public TargetVerdict Check(string text, long maxAddresses)
    {
        if (text.Length is 0 or > MaxTextLength || text != text.Trim())
            return Malformed($"A target has 1 to {MaxTextLength} characters and no blanks around it.");
        if (Ipv4Range.TryParse(text, out var range)) return Check(range, maxAddresses);
        if (text.Contains(':'))
            return Ipv6Range.TryParse(text, out var range6) ? Check(range6, maxAddresses) : Malformed("The target is not an IPv6 address or network; zones, brackets and ports are not taken.");
        return HostName.TryNormalise(text, out var name) ? CheckName(name) : Malformed(
            "The target is neither an IPv4 address such as 10.0.0.1, a network such as 10.0.0.0/24, nor a host name. "
            + "Ranges, lists, netmasks and URLs are not taken.");
    }

    public TargetVerdict CheckName(string name)
    {
        if (denied.NamesAtOrBelow(name)) return Denied(name);
        return allowed.HasNamesBelow(name) ? new TargetVerdict.NeedsLookup(name) : NotAllowed(name);
    }

    public TargetVerdict Check(Ipv4Range range, long maxAddresses = 1)
    {
        if (Never.ContainsAny(range))
            return new TargetVerdict.Refused(TargetRefusal.NotAllowed, $"{range} touches a range that is never a target (link-local, reserved, multicast).");
        if (denied.Addresses.ContainsAny(range)) return Denied(range.ToString());
        if (!allowed.Addresses.ContainsAll(range)) return NotAllowed(range.ToString());
        return range.Count <= maxAddresses ? new TargetVerdict.Allowed(new ScanTarget(range.ToString(), range.Count)) : new TargetVerdict.Refused(
            TargetRefusal.TooLarge,
            $"{range} has {range.Count} addresses and the limit is {maxAddresses}; the largest network that fits is a /{32 - BitOperations.Log2((ulong)maxAddresses)}.");
    }

    /// <summary>Judges again what was allowed once, however many addresses it has: the lists may have changed since.</summary>
    public TargetVerdict Check(ScanTarget target) => target.RequestedName is { } name && CheckName(name) is TargetVerdict.Refused refused
        ? refused
        : Check(target.Text, long.MaxValue);

    private TargetVerdict Check(Ipv6Range range, long maxAddresses)
    {
        if (denied.ContainsAny(range)) return Denied(range.ToString());
        if (!allowed.ContainsAll(range)) return NotAllowed(range.ToString());
        return range.Count <= maxAddresses ? new TargetVerdict.Allowed(new ScanTarget(range.ToString(), range.Count, IsIpv6: true)) : new TargetVerdict.Refused(
            TargetRefusal.TooLarge,
            $"{range} has more than {maxAddresses} addresses; the largest network that fits is a /{128 - BitOperations.Log2((ulong)maxAddresses)}.");
    }

    private TargetVerdict.Refused NotAllowed(string target)
        => new(TargetRefusal.NotAllowed, $"{target} is outside the allowed targets ({_allowedTokens}).");

    private static TargetVerdict.Refused Denied(string target)
        => new(TargetRefusal.Denied, $"{target} is, or contains, a target that the operator denies.");

    private static TargetVerdict.Refused Malformed(string message) => new(TargetRefusal.Malformed, message);
}
