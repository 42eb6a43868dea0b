namespace Sallyport.Connectors.Vectra.Graph;

/// <summary>The colours of a picture.</summary>
internal sealed record SvgTheme(
    string Name, string Background, string Text, string Faint, string Line, string Entity, string Resource, IReadOnlyList<(string Category, string Colour)> Categories)
{
    public static SvgTheme Light { get; } = new(
        "light", "#ffffff", "#1f2933", "#5b6770", "#9aa5b1", "#1f4e8c", "#e4e7eb",
        [("command", "#b3261e"), ("botnet", "#8a3b00"), ("recon", "#1b5e20"), ("lateral", "#6a1b9a"), ("exfil", "#ad1457"), ("other", "#37474f")]);

    public static SvgTheme Dark { get; } = new(
        "dark", "#12181f", "#e6edf3", "#9aa7b4", "#5a6673", "#7fb0ff", "#2a333d",
        [("command", "#ff8a80"), ("botnet", "#ffb74d"), ("recon", "#81c784"), ("lateral", "#ce93d8"), ("exfil", "#f48fb1"), ("other", "#b0bec5")]);

    /// <summary>Objects spell a category longer than filters do; both mean the same colour.</summary>
    public string ColourOf(string? category)
    {
        foreach (var (name, colour) in Categories)
        {
            if (category?.Contains(name, StringComparison.OrdinalIgnoreCase) is true)
                return colour;
        }

        return Categories[^1].Colour;
    }
}
