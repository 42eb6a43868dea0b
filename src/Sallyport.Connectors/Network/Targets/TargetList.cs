namespace Sallyport.Connectors.Network.Targets;

/// <summary>The addresses and names that one list in the settings stands for.</summary>
internal sealed class TargetList
{
    private static readonly Ipv4Range[] PrivateRanges = Ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
    private static readonly Ipv4Range[] LoopbackRanges = Ranges("127.0.0.0/8");

    private static readonly Ipv6Range Loopback6 = Range6("::1");
    private static readonly Ipv6Range UniqueLocal = Range6("fc00::/7");

    /// <summary>A wider network than this is no allow-list.</summary>
    private const int WidestPrefix = 8;

    private readonly List<Ipv4Range> _ranges = [];
    private readonly List<Ipv6Range> _ranges6 = [];
    private readonly List<string> _suffixes = [];

    private TargetList(IReadOnlyList<string> tokens) => Tokens = tokens;

    public IReadOnlyList<string> Tokens { get; }

    public AddressSet Addresses { get; private set; } = new([]);

    /// <summary>Reads tokens: <c>RFC1918</c>, <c>loopback</c>, <c>loopback6</c>, <c>ULA</c>, <c>.suffix</c>, an address or network.</summary>
    /// <param name="problem">Told about each token that is none of these; such a token allows and denies nothing.</param>
    public static TargetList Parse(IEnumerable<string> tokens, Action<string> problem)
    {
        var list = new TargetList([.. tokens]);
        foreach (var token in list.Tokens)
            if (list.Add(token) is { } wrong)
                problem(wrong);
        list.Addresses = new AddressSet(list._ranges);
        return list;
    }

    public static Ipv4Range[] Ranges(params ReadOnlySpan<string> texts)
    {
        var ranges = new Ipv4Range[texts.Length];
        for (var i = 0; i < texts.Length; i++)
            if (!Ipv4Range.TryParse(texts[i], out ranges[i]))
                throw new FormatException($"'{texts[i]}' is no IPv4 network.");
        return ranges;
    }

    /// <summary>At least one label must stand before the suffix.</summary>
    public bool HasNamesBelow(string name) => _suffixes.Exists(suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>The suffix without its dot counts too: who denies <c>.hr.lab.internal</c> means <c>hr.lab.internal</c> as well.</summary>
    public bool NamesAtOrBelow(string name) => HasNamesBelow("x." + name);

    public bool ContainsAll(Ipv6Range range) => _ranges6.Exists(own => own.Contains(range));

    public bool ContainsAny(Ipv6Range range) => _ranges6.Exists(own => own.Touches(range));

    private string? Add(string token)
    {
        if (token.Equals("RFC1918", StringComparison.OrdinalIgnoreCase)) _ranges.AddRange(PrivateRanges);
        else if (token.Equals("loopback", StringComparison.OrdinalIgnoreCase)) _ranges.AddRange(LoopbackRanges);
        else if (token.Equals("loopback6", StringComparison.OrdinalIgnoreCase)) _ranges6.Add(Loopback6);
        else if (token.Equals("ULA", StringComparison.OrdinalIgnoreCase)) _ranges6.Add(UniqueLocal);
        else if (token.StartsWith('.') && HostName.TryNormalise(token[1..], out var suffix)) _suffixes.Add("." + suffix);
        else if (Ipv4Range.TryParse(token, out var range)) return Add(token, range);
        else if (Ipv6Range.TryParse(token, out var range6)) return Add(token, range6);
        else return $"'{token}' is not RFC1918, loopback, loopback6, ULA, a suffix such as .lab.internal, or a network such as 10.1.0.0/16 or fd12:3456::/48.";
        return null;
    }

    private string? Add(string token, Ipv4Range range)
    {
        if (range.Prefix < WidestPrefix) return $"'{token}' is too wide; the widest network taken is a /{WidestPrefix}.";
        _ranges.Add(range);
        return null;
    }

    private string? Add(string token, Ipv6Range range)
    {
        if (!UniqueLocal.Contains(range) && !Loopback6.Contains(range)) return $"'{token}' is neither ::1 nor unique-local (fc00::/7); no other IPv6 address is ever a target.";
        _ranges6.Add(range);
        return null;
    }

    private static Ipv6Range Range6(string text) => Ipv6Range.TryParse(text, out var range) ? range : throw new FormatException($"'{text}' is no IPv6 network.");
}
