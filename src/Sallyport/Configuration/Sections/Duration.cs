using System.Globalization;

namespace Sallyport.Configuration.Sections;

/// <summary>A span of time as people write it: 500ms, 30s, 15m, 2h, 1d.</summary>
internal static class Duration
{
    public const string Form = "^[0-9]{1,6}(ms|s|m|h|d)$";

    /// <summary>Reads text that matches <see cref="Form"/>.</summary>
    public static TimeSpan Parse(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var count = int.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        return text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(count),
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" => TimeSpan.FromDays(count),
            var unit => throw new FormatException($"'{unit}' is not a unit of time."),
        };
    }
}

/// <summary>So many in so long, as people write it: 60/60s.</summary>
internal static class Rate
{
    public const string Form = "^[1-9][0-9]{0,7}/[1-9][0-9]{0,5}(ms|s|m|h|d)$";

    /// <summary>The same, or the word that switches a limit off.</summary>
    public const string FormOrOff = "^(off|[1-9][0-9]{0,7}/[1-9][0-9]{0,5}(ms|s|m|h|d))$";

    /// <summary>Reads text that matches <see cref="Form"/>.</summary>
    public static (int Count, TimeSpan Window) Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture), Duration.Parse(text[(slash + 1)..]));
    }
}
