using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Connectors.Network.Reach;

/// <summary>Reads what traceroute prints with numeric addresses in the C locale.</summary>
internal static partial class TraceOutput
{
    public static TraceResult Read(string output, string address, string? requestedName, bool complete)
    {
        var hops = Line().Matches(output).Select(match => Hop(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), match.Groups[2].Value)).ToList();
        return new TraceResult(address, hops.Exists(hop => hop.Ip == address), complete, hops, requestedName);
    }

    private static TraceHop Hop(int number, string answers)
    {
        var times = Time().Matches(answers).Select(match => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToList();
        var ip = Address().Match(answers);
        var note = Note().Match(answers);
        return new TraceHop(number, answers.Count(c => c == '*'), ip.Success ? ip.Value : null, times.Count == 0 ? null : times.Min(), note.Success ? note.Value : null);
    }

    [GeneratedRegex(@"^ ?(\d{1,2})  ([^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"(\d{1,7}\.\d{1,4}) ms")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w.:])")]
    private static partial Regex Address();

    [GeneratedRegex(@"![A-Z]{1,2}|!<\d{1,3}>|!\d{1,3}")]
    private static partial Regex Note();
}
