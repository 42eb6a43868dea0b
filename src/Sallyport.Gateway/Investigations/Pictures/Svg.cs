using System.Text;
using Sallyport.Core.Pictures;

namespace Sallyport.Gateway.Investigations.Pictures;

/// <summary>Puts a picture together line by line. It holds no script and nothing from elsewhere; text is cleaned and escaped.</summary>
internal sealed class Svg(PictureTheme theme)
{
    private readonly StringBuilder _svg = new();

    public PictureTheme Theme => theme;

    public Svg Open(int width, int height, string title, string description)
    {
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13">""");
        Line($"""<title id="t">{Safe(title, 200)}</title>""");
        Line($"""<desc id="d">{Safe(description, 300)}</desc>""");
        Line($"""<rect width="{width}" height="{height}" fill="{theme.Background}"/>""");
        Words(24, 34, title, 100, theme.Text, 18);
        return this;
    }

    public void Words(int x, int y, string text, int mostLetters, string? colour = null, int size = 13, string anchor = "start")
        => Line($"""<text x="{x}" y="{y}" fill="{colour ?? theme.Text}" font-size="{size}" text-anchor="{anchor}">{Safe(text, mostLetters)}</text>""");

    public void Stroke(int x1, int y1, int x2, int y2, string? colour = null, string dash = "")
        => Line($"""<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour ?? theme.Line}"{(dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"")}/>""");

    public void Line(string text) => _svg.Append(text).Append('\n');

    public static string Safe(string text, int mostLetters) => PictureText.Escape(PictureText.Clean(text, mostLetters));

    public byte[] Close()
    {
        Line("</svg>");
        return Encoding.UTF8.GetBytes(_svg.ToString());
    }
}
