using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.Core;

namespace Sallyport.Connectors.Defender.Hunting;

/// <summary>How far back a hunt looks: an ISO 8601 duration such as <c>P1D</c> or <c>PT4H</c>.</summary>
/// <param name="Text">As it is sent.</param>
/// <param name="Length">A year counted as 365 days and a month as 30.</param>
internal sealed partial record HuntWindow(string Text, TimeSpan Length)
{
    public const string Default = "P1D";

    /// <summary>What Defender keeps; more only with longer retention.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static HuntWindow Parse(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success || text[^1] is 'P' or 'T')
            throw new InvalidArgumentsException("timespan: must be an ISO 8601 duration such as P1D, PT4H or P7D.");
        var days = (Number(match, "y") * 365) + (Number(match, "mo") * 30) + (Number(match, "w") * 7) + Number(match, "d");
        var length = (days * 86_400) + (Number(match, "h") * 3_600) + (Number(match, "mi") * 60) + Number(match, "s");
        if (length <= 0 || length > (decimal)Longest.TotalSeconds)
            throw new InvalidArgumentsException("timespan: must be longer than nothing and at most 366 days.");
        return new HuntWindow(text, TimeSpan.FromSeconds((long)length));
    }

    private static decimal Number(Match match, string group)
        => match.Groups[group] is { Success: true } found ? decimal.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\AP(?=[0-9T])(?:(?<y>[0-9]{1,9})Y)?(?:(?<mo>[0-9]{1,9})M)?(?:(?<w>[0-9]{1,9})W)?(?:(?<d>[0-9]{1,9})D)?(?:T(?=[0-9])(?:(?<h>[0-9]{1,9})H)?(?:(?<mi>[0-9]{1,9})M)?(?:(?<s>[0-9]{1,9})S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
