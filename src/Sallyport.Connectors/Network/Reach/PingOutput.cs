using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Connectors.Network.Reach;

/// <summary>Reads what ping (iputils) prints with numeric addresses in the C locale.</summary>
internal static partial class PingOutput
{
    public static PingResult Read(string output, string address, string? requestedName)
    {
        var replies = Reply().Matches(output).Select(match => new PingReply(Int(match, 1), Int(match, 2), Number(match.Groups[3].Value))).ToList();
        var summary = Summary().Match(output);
        // Stopped before its summary: what is known are the answers.
        var (sent, received, errors) = summary.Success ? (Int(summary, 1), Int(summary, 2), summary.Groups[3].Success ? Int(summary, 3) : 0) : (replies.Count, replies.Count, 0);
        return new PingResult(
            address, received > 0, sent, received, errors, sent == 0 ? 100 : Math.Round(100.0 * (sent - received) / sent, 1), replies,
            replies.Count == 0 ? null : new PingTimes(replies.Min(reply => reply.TimeMs), Math.Round(replies.Average(reply => reply.TimeMs), 3), replies.Max(reply => reply.TimeMs)),
            requestedName);
    }

    private static int Int(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{1,5} bytes from [0-9a-f.:]+: icmp_seq=(\d{1,5}) ttl=(\d{1,3}) time=(\d{1,7}(?:\.\d{1,4})?) ms$", RegexOptions.Multiline)]
    private static partial Regex Reply();

    [GeneratedRegex(@"^(\d{1,5}) packets transmitted, (\d{1,5}) received,(?: \+\d{1,5} duplicates,)?(?: \+(\d{1,5}) errors,)?", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
