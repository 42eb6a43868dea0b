using System.Globalization;
using System.Xml;

namespace Sallyport.Simulator.Defender.Kql;

/// <summary>The time a hunt looks at: a duration up to now, two times, or a duration up to a time.</summary>
internal static class HuntPeriod
{
    /// <summary>Null when it is none of the documented forms.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Parse(string text, DateTimeOffset now)
    {
        try
        {
            // The story ends when the simulator starts; what a client calls now may be later.
            return text.Split('/') switch
            {
                [['P', ..] length] => (now - Length(length), DateTimeOffset.MaxValue),
                [['P', ..] length, var end] => (Time(end) - Length(length), Time(end)),
                [var start, ['P', ..] length] => (Time(start), Time(start) + Length(length)),
                [var start, var end] => (Time(start), Time(end)),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Rows without a time are states, which the period leaves alone.</summary>
    public static HuntTable Limit(HuntTable table, (DateTimeOffset From, DateTimeOffset To) period)
    {
        var at = table.Find("Timestamp");
        return at < 0 ? table : table with { Rows = table.Rows.Where(row => row[at] is DateTimeOffset time && time >= period.From && time < period.To) };
    }

    /// <summary>Weeks are not part of the form that the library reads.</summary>
    private static TimeSpan Length(string text) => text is ['P', .. var weeks, 'W'] && int.TryParse(weeks, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? TimeSpan.FromDays(7 * count)
        : XmlConvert.ToTimeSpan(text);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
