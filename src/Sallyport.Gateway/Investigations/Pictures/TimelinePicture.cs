using System.Globalization;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;

namespace Sallyport.Gateway.Investigations.Pictures;

/// <summary>Draws events from top to bottom in order of time, one lane for each source. The same events always give the same bytes.</summary>
internal static class TimelinePicture
{
    private const int MostRows = 40;
    private const int Width = 1040;
    private const int TimeX = 24;
    private const int LaneX = 190;
    private const int LaneWidth = 90;
    private const int RowHeight = 30;
    private const int Top = 92;
    private const int Bottom = 56;

    public static byte[] Draw(string title, IReadOnlyList<Found<SeenAlert>> events, PictureTheme theme)
    {
        var shown = events.Count <= MostRows ? events : Worst(events);
        var lanes = shown.Select(alert => alert.Source).Distinct().Order(StringComparer.Ordinal).ToList();
        var textX = LaneX + (lanes.Count * LaneWidth);
        var height = Top + (shown.Count * RowHeight) + Bottom;
        var svg = new Svg(theme).Open(Width, height, title, $"{shown.Count} events of {lanes.Count} sources in order of time.");
        svg.Words(TimeX, 70, "Time (UTC)", 20, theme.Faint);
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var x = CentreOf(lane);
            svg.Words(x, 70, lanes[lane], 12, theme.Faint, anchor: "middle");
            svg.Stroke(x, Top - 12, x, height - Bottom + 4);
        }

        for (var row = 0; row < shown.Count; row++)
        {
            var (alert, y) = (shown[row].Item, Top + (row * RowHeight) + 8);
            var (x, colour) = (CentreOf(lanes.IndexOf(shown[row].Source)), theme.ColourOf(alert.Severity));
            svg.Words(TimeX, y + 4, alert.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), 20);
            svg.Stroke(x, y, textX, y, theme.Line, "2 4");
            svg.Line($"""<g><title>{Svg.Safe($"{alert.Title}: {alert.Description}", 300)}</title><circle cx="{x}" cy="{y}" r="7" fill="{colour}" stroke="{theme.Background}" stroke-width="2"/></g>""");
            svg.Words(textX + 8, y + 4, $"{alert.Title}{Whom(alert)}", 80);
        }

        Legend(svg, height - 20, events.Count - shown.Count);
        return svg.Close();

        static int CentreOf(int lane) => LaneX + (lane * LaneWidth) + (LaneWidth / 2) - 20;
    }

    private static string Whom(SeenAlert alert)
    {
        var who = alert.Hosts is [var host, ..] ? HostMatching.ShortName(host) : alert.Users is [var user, ..] ? user.Upn ?? user.AccountName : null;
        return who is null ? "" : $" · {who}";
    }

    /// <summary>The worst of them, in order of time.</summary>
    private static IReadOnlyList<Found<SeenAlert>> Worst(IReadOnlyList<Found<SeenAlert>> events)
        => [.. events.Select((alert, index) => (alert, index)).OrderByDescending(pair => pair.alert.Item.Severity).ThenBy(pair => pair.index).Take(MostRows).OrderBy(pair => pair.index).Select(pair => pair.alert)];

    private static void Legend(Svg svg, int y, int leftOut)
    {
        var x = TimeX;
        foreach (var severity in Enum.GetValues<SourceSeverity>().Reverse())
        {
            svg.Line($"""<circle cx="{x + 7}" cy="{y - 4}" r="6" fill="{svg.Theme.ColourOf(severity)}"/>""");
            svg.Words(x + 20, y, severity.ToString().ToLowerInvariant(), 20, svg.Theme.Faint);
            x += 120;
        }

        if (leftOut > 0)
            svg.Words(Width - 24, y, $"{leftOut} less severe events are not drawn", 60, svg.Theme.Faint, anchor: "end");
    }
}
