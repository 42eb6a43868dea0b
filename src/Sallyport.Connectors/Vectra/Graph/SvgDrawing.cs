using System.Text;
using Sallyport.Core.Pictures;

namespace Sallyport.Connectors.Vectra.Graph;

/// <summary>
/// Draws the graph in three columns: who, what was detected, what it was aimed at. The picture holds no script and
/// nothing from elsewhere; the same graph always gives the same bytes.
/// </summary>
internal sealed class SvgDrawing
{
    private const int BoxWidth = 250;
    private const int BoxHeight = 30;
    private const int RowHeight = 42;
    private const int Top = 96;
    private const int Legend = 84;
    private const int Width = 1040;
    private const int MostLetters = 34;
    private static readonly int[] ColumnX = [24, 395, 766];

    private readonly GraphModel _graph;
    private readonly SvgTheme _theme;
    private readonly StringBuilder _svg = new();
    private readonly Dictionary<string, (int X, int Y)> _places = new(StringComparer.Ordinal);

    private SvgDrawing(GraphModel graph, SvgTheme theme) => (_graph, _theme) = (graph, theme);

    public static byte[] Draw(GraphModel graph, SvgTheme theme)
    {
        var drawing = new SvgDrawing(graph, theme);
        drawing.Write();
        return Encoding.UTF8.GetBytes(drawing._svg.ToString());
    }

    private void Write()
    {
        var height = Place();
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13">""");
        Line($"""<title id="t">{Safe(_graph.Title, 200)}</title>""");
        Line($"""<desc id="d">{_graph.Nodes.Count(static n => n.Kind == "detection")} detections and {_graph.Nodes.Count(static n => n.Kind == "resource")} targeted resources.</desc>""");
        Line($"""<rect width="{Width}" height="{height}" fill="{_theme.Background}"/>""");
        Words(ColumnX[0], 36, Safe(_graph.Title, 110), _theme.Text, 18);
        Words(ColumnX[0], 74, "Who", _theme.Faint);
        Words(ColumnX[1], 74, "Triggered", _theme.Faint);
        Words(ColumnX[2], 74, "Targets", _theme.Faint);
        foreach (var edge in _graph.Edges)
            Write(edge);
        foreach (var node in _graph.Nodes)
            Write(node);
        WriteLegend(height - Legend + 40);
        Line("</svg>");
    }

    /// <summary>Gives every node its place, each column spread over the height of the longest. Returns the picture's height.</summary>
    private int Place()
    {
        var columns = _graph.Nodes.GroupBy(ColumnOf).Select(static column => (X: ColumnX[column.Key], Nodes: column.ToList())).ToList();
        var rows = columns.Max(static column => column.Nodes.Count);
        foreach (var (x, nodes) in columns)
        {
            for (var i = 0; i < nodes.Count; i++)
                _places[nodes[i].Id] = (x, Top + (((2 * i) + 1) * rows * RowHeight / (2 * nodes.Count)) - (BoxHeight / 2));
        }

        return Top + (rows * RowHeight) + Legend;
    }

    private static int ColumnOf(GraphNode node) => node.Kind switch
    {
        "entity" => 0,
        "resource" => 2,
        "more" when node.Id == "more:resources" => 2,
        _ => 1,
    };

    private void Write(GraphEdge edge)
    {
        var (from, to) = (_places[edge.From], _places[edge.To]);
        var (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + (BoxHeight / 2), to.X, to.Y + (BoxHeight / 2));
        var bend = (x1 + x2) / 2;
        Line($"""<path d="M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}" fill="none" stroke="{_theme.Line}"><title>{edge.Label}</title></path>""");
    }

    private void Write(GraphNode node)
    {
        var (x, y) = _places[node.Id];
        var (look, radius) = node.Kind switch
        {
            "entity" => ($"""fill="none" stroke="{_theme.Entity}" stroke-width="3" """, 6),
            "detection" => ($"""fill="none" stroke="{_theme.ColourOf(node.Category)}" stroke-width="2" """, 2),
            "resource" => ($"""fill="{_theme.Resource}" stroke="{_theme.Line}" """, BoxHeight / 2),
            _ => ($"""fill="none" stroke="{_theme.Faint}" stroke-dasharray="4 3" """, 2),
        };
        if (node.Url is { } url)
            Line($"""<a href="{PictureText.Escape(url)}">""");
        Line($"""<g><title>{Safe(Hint(node), 300)}</title><rect x="{x}" y="{y}" width="{BoxWidth}" height="{BoxHeight}" rx="{radius}" {look}/>""");
        Words(x + 12, y + 20, Safe(node.Label, MostLetters), _theme.Text);
        Line(node.Url is null ? "</g>" : "</g></a>");
    }

    private static string Hint(GraphNode node) => node.Kind switch
    {
        "detection" => $"{node.Label}: {node.Category}, threat {node.Threat}, certainty {node.Certainty}, last seen {node.LastTimestamp}"
            + (node.Ports is { } ports ? $", ports {string.Join(", ", ports)}" : ""),
        "resource" => $"{node.ResourceType}: {node.Label}",
        _ => node.Label,
    };

    private void WriteLegend(int y)
    {
        var x = ColumnX[0];
        foreach (var (category, colour) in _theme.Categories)
        {
            Line($"""<rect x="{x}" y="{y - 11}" width="14" height="14" rx="2" fill="none" stroke="{colour}" stroke-width="2"/>""");
            Words(x + 22, y, category, _theme.Faint);
            x += 120;
        }

        Words(ColumnX[0], y + 26, "Bold box: host or account. Box: detection, by category. Pill: targeted resource.", _theme.Faint);
    }

    private void Words(int x, int y, string safe, string colour, int size = 13)
        => Line($"""<text x="{x}" y="{y}" fill="{colour}" font-size="{size}">{safe}</text>""");

    private void Line(string text) => _svg.Append(text).Append('\n');

    private static string Safe(string text, int mostLetters) => PictureText.Escape(PictureText.Clean(text, mostLetters));
}
