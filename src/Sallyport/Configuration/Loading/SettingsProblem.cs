namespace Sallyport.Configuration.Loading;

/// <summary>One thing wrong with the settings: which setting, what to do about it, and where it was written. Never its value.</summary>
internal sealed record SettingsProblem(string Path, string Message, Origin? Origin = null)
{
    public override string ToString()
    {
        var sentence = Path.Length == 0 ? Message : $"{Path}: {Message}";
        return Origin is null or { Kind: OriginKind.Default } ? sentence : $"{sentence} ({Origin})";
    }
}
