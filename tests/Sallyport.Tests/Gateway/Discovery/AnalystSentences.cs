namespace Sallyport.Tests.Gateway.Discovery;

/// <summary>What analysts ask for, and the tools that do it: the search is judged by these and never learns from them.</summary>
internal static class AnalystSentences
{
    public static IReadOnlyList<(string Text, string[] Tools)> All()
    {
        using var reader = new StreamReader(typeof(AnalystSentences).Assembly.GetManifestResourceStream("analyst-sentences.tsv")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1].Split(',')))];
    }
}
