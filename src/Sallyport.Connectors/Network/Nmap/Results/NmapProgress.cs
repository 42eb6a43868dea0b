using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>What nmap says on standard output about how far one phase of a scan has come.</summary>
/// <param name="Phase">For example <c>SYN Stealth Scan</c>.</param>
/// <param name="Percent">0 to 100, of this phase.</param>
internal readonly partial record struct NmapProgress(string Phase, double Percent)
{
    /// <summary>Reads a line such as <c>Connect Scan Timing: About 4.33% done; ETC: 12:00 (0:00:10 remaining)</c>.</summary>
    public static NmapProgress? TryRead(string line)
    {
        var match = Timing().Match(line);
        return match.Success ? new NmapProgress(match.Groups[1].Value, double.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)) : null;
    }

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9 /-]{0,60}) Timing: About ([0-9]{1,3}(?:\.[0-9]{1,4})?)% done")]
    private static partial Regex Timing();
}
