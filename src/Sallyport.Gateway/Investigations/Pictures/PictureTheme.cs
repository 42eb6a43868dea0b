using Sallyport.Core.Sources;

namespace Sallyport.Gateway.Investigations.Pictures;

/// <summary>The colours of a picture.</summary>
internal sealed record PictureTheme(string Name, string Background, string Text, string Faint, string Line, IReadOnlyList<string> Severities)
{
    private static readonly PictureTheme Light = new("light", "#ffffff", "#1f2933", "#5b6770", "#c3cad1", ["#5b6770", "#37474f", "#1b5e20", "#8a5a00", "#b3261e", "#7b0a4b"]);

    private static readonly PictureTheme Dark = new("dark", "#12181f", "#e6edf3", "#9aa7b4", "#546373", ["#9aa7b4", "#b0bec5", "#81c784", "#ffb74d", "#ff8a80", "#f48fb1"]);

    public static IReadOnlyList<PictureTheme> Of(string word) => word switch
    {
        "light" => [Light],
        "dark" => [Dark],
        _ => [Light, Dark],
    };

    public string ColourOf(SourceSeverity severity) => Severities[(int)severity];
}
