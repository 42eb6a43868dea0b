using Sallyport.Connectors.Network.Arguments;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>A list of ports as a caller may write it, and how many probes it stands for.</summary>
/// <param name="Text">Our spelling.</param>
/// <param name="Tcp">Ports probed when TCP is scanned.</param>
/// <param name="Udp">Ports probed when UDP is scanned.</param>
/// <param name="HasPrefixes">The list says which ports are TCP and which UDP, so it needs a scan of both.</param>
internal sealed record PortList(string Text, long Tcp, long Udp, bool HasPrefixes)
{
    private const int MaxItems = 100;
    private const int MaxPort = 65535;

    public static PortList All { get; } = new($"1-{MaxPort}", MaxPort, MaxPort, false);

    /// <summary>Items <c>N</c> or <c>N-M</c> from 1 to 65535 separated by commas, <c>-</c> alone for all, one group each behind <c>T:</c> and <c>U:</c>.</summary>
    public static bool TryParse(string text, out PortList list, out string problem)
    {
        list = All;
        problem = "";
        if (text == "-") return true;
        var counter = new Counter();
        var items = text.Split(',');
        if (items.Length > MaxItems)
        {
            problem = $"has {items.Length} items; {MaxItems} are the limit";
            return false;
        }

        foreach (var item in items)
        {
            if (counter.Add(item)) continue;
            problem = "takes ports 1 to 65535 as N or N-M separated by commas, with at most one T: and one U: group";
            return false;
        }

        list = counter.Total(text);
        return true;
    }

    /// <summary>Counts items for the protocol whose prefix came last; without a prefix, for both.</summary>
    private sealed class Counter
    {
        private long _both;
        private long _tcp;
        private long _udp;
        private char _group;
        private string _seen = "";

        public bool Add(string item)
        {
            if (item.StartsWith("T:", StringComparison.Ordinal) || item.StartsWith("U:", StringComparison.Ordinal))
            {
                // A prefix after bare ports, or the same prefix twice, means something else to nmap than to its reader.
                if (_both > 0 || _seen.Contains(item[0])) return false;
                _group = item[0];
                _seen += item[0];
                item = item[2..];
            }

            if (Count(item) is not { } count) return false;
            if (_group == 'T') _tcp += count;
            else if (_group == 'U') _udp += count;
            else _both += count;
            return true;
        }

        public PortList Total(string text) => new(text, _both + _tcp, _both + _udp, _seen.Length > 0);

        private static long? Count(string item)
        {
            var dash = item.IndexOf('-', StringComparison.Ordinal);
            if (Port(dash < 0 ? item : item[..dash]) is not { } first) return null;
            if (dash < 0) return 1;
            return Port(item[(dash + 1)..]) is { } last && first <= last ? last - first + 1 : null;
        }

        private static int? Port(string text) => Digits.TryRead(text, out var port) && port is >= 1 and <= MaxPort ? port : null;
    }
}
