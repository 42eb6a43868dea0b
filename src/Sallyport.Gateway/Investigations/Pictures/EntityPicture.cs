using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Matching;

namespace Sallyport.Gateway.Investigations.Pictures;

/// <summary>Draws who and what the events are about: users and hosts on the left, what was noticed in the middle, what they touched on the right.</summary>
internal static class EntityPicture
{
    private const int MostInColumn = 24;
    private const int Width = 1040;
    private const int BoxWidth = 270;
    private const int BoxHeight = 28;
    private const int RowHeight = 38;
    private const int Top = 96;
    private const int Bottom = 24;
    private static readonly int[] ColumnX = [24, 385, 746];
    private static readonly string[] Headings = ["Who", "What was noticed", "What it touched"];

    public static byte[] Draw(string title, IReadOnlyList<Found<SeenAlert>> events, PictureTheme theme)
    {
        var (nodes, edges) = Graph(events);
        var columns = Enumerable.Range(0, 3).Select(column => nodes.Values.Where(node => node.Column == column).Take(MostInColumn).ToList()).ToList();
        var rows = Math.Max(1, columns.Max(column => column.Count));
        var places = new Dictionary<string, (int X, int Y)>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < 3; column++)
        {
            for (var i = 0; i < columns[column].Count; i++)
                places[columns[column][i].Id] = (ColumnX[column], Top + (((2 * i) + 1) * rows * RowHeight / (2 * columns[column].Count)) - (BoxHeight / 2));
        }

        var svg = new Svg(theme).Open(Width, Top + (rows * RowHeight) + Bottom, title, $"{columns[0].Count} users and hosts, {columns[1].Count} kinds of event, {columns[2].Count} things touched.");
        for (var column = 0; column < 3; column++)
        {
            var hidden = nodes.Values.Count(node => node.Column == column) - columns[column].Count;
            svg.Words(ColumnX[column], 74, hidden > 0 ? $"{Headings[column]} ({hidden} more)" : Headings[column], 60, theme.Faint);
        }

        foreach (var (from, to) in edges)
        {
            if (!places.TryGetValue(from, out var left) || !places.TryGetValue(to, out var right))
                continue;
            var (x1, y1, x2, y2) = (left.X + BoxWidth, left.Y + (BoxHeight / 2), right.X, right.Y + (BoxHeight / 2));
            svg.Line($"""<path d="M{x1} {y1}C{(x1 + x2) / 2} {y1} {(x1 + x2) / 2} {y2} {x2} {y2}" fill="none" stroke="{theme.Line}"/>""");
        }

        foreach (var node in columns.SelectMany(column => column))
        {
            var (x, y) = places[node.Id];
            var colour = node.Column == 1 ? theme.ColourOf(node.Severity) : theme.Faint;
            svg.Line($"""<rect x="{x}" y="{y}" width="{BoxWidth}" height="{BoxHeight}" rx="{(node.Column == 2 ? BoxHeight / 2 : 4)}" fill="{theme.Background}" stroke="{colour}" stroke-width="{(node.Column == 0 ? 3 : 2)}"/>""");
            svg.Words(x + 12, y + 19, node.Label, 33);
        }

        return svg.Close();
    }

    private static (Dictionary<string, Node> Nodes, List<(string From, string To)> Edges) Graph(IReadOnlyList<Found<SeenAlert>> events)
    {
        var nodes = new Dictionary<string, Node>(StringComparer.OrdinalIgnoreCase);
        var edges = new List<(string From, string To)>();
        foreach (var (source, alert) in events.Select(found => (found.Source, found.Item)))
        {
            var what = $"what:{source}:{alert.Title}";
            if (!nodes.TryGetValue(what, out var known) || known.Severity < alert.Severity)
                nodes[what] = new Node(what, 1, $"{source}: {alert.Title}", alert.Severity);
            foreach (var (id, label) in Who(alert))
            {
                nodes.TryAdd(id, new Node(id, 0, label, SourceSeverity.Unknown));
                edges.Add((id, what));
            }

            foreach (var (id, label) in Touched(alert))
            {
                nodes.TryAdd(id, new Node(id, 2, label, SourceSeverity.Unknown));
                edges.Add((what, id));
            }
        }

        return (nodes, [.. edges.Distinct()]);
    }

    private static IEnumerable<(string Id, string Label)> Who(SeenAlert alert) =>
    [
        .. (alert.Hosts ?? []).Select(HostMatching.ShortName).OfType<string>().Select(name => ($"host:{name}", name)),
        .. (alert.Users ?? []).Select(user => user.Upn ?? user.AccountName).OfType<string>().Select(name => ($"user:{name.Split('@')[0]}", name)),
    ];

    private static IEnumerable<(string Id, string Label)> Touched(SeenAlert alert) =>
    [
        .. (alert.Targets ?? []).Select(HostMatching.ShortName).OfType<string>().Select(name => ($"target:{name}", name)),
        .. (alert.Observables ?? []).Where(seen => seen.Kind is not (ObservableKind.Sha1 or ObservableKind.Sha256)).Select(seen => ($"seen:{seen.Value}", seen.Value)),
    ];

    /// <summary>One box.</summary>
    private sealed record Node(string Id, int Column, string Label, SourceSeverity Severity);
}
