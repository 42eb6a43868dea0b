using YamlDotNet.RepresentationModel;

namespace Sallyport.Commands.Callers;

/// <summary>The callers in a settings file, changed line by line, so that everything else in it stays as somebody wrote it.</summary>
internal static class CallersFile
{
    private const string Callers = "callers";

    /// <summary>The file with one caller more; null when its list is not written one caller below the other.</summary>
    public static string? Add(string text, string entry)
    {
        var lines = Lines(text);
        if (Items(text, out var hasList) is [var first, ..])
        {
            lines.Insert(first, lines[first][..Indent(lines[first])] + entry);
            return string.Join('\n', lines);
        }

        return hasList ? null : $"{text.TrimEnd()}\n{Callers}:\n  {entry}\n".TrimStart('\n');
    }

    /// <summary>The file without this caller; null when it is not in a list written one caller below the other.</summary>
    public static string? Remove(string text, string name)
    {
        var lines = Lines(text);
        var starts = Items(text, out _);
        for (var i = 0; i < starts.Count; i++)
        {
            var start = starts[i];
            var count = 1;
            while (start + count < lines.Count && lines[start + count].Trim().Length > 0 && Indent(lines[start + count]) > Indent(lines[start]))
                count++;
            if (NameIn(lines.GetRange(start, count)) != name)
                continue;
            lines.RemoveRange(start, count);
            if (starts.Count == 1)
                lines.RemoveAt(lines.FindIndex(line => line.StartsWith($"{Callers}:", StringComparison.Ordinal)));
            return string.Join('\n', lines);
        }

        return null;
    }

    /// <summary>The lines on which callers begin, none when the list is written another way.</summary>
    private static List<int> Items(string text, out bool hasList)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var root = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode as YamlMappingNode;
        hasList = root is not null && root.Children.TryGetValue(new YamlScalarNode(Callers), out _);
        if (!hasList || root!.Children[new YamlScalarNode(Callers)] is not YamlSequenceNode list)
            return [];
        var lines = Lines(text);
        var starts = list.Children.Select(item => (int)item.Start.Line - 1).ToList();
        return starts.TrueForAll(start => lines[start].TrimStart().StartsWith("- ", StringComparison.Ordinal)) && starts.Distinct().Count() == starts.Count ? starts : [];
    }

    private static string? NameIn(List<string> lines)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(string.Join('\n', lines)));
        return stream.Documents[0].RootNode is YamlSequenceNode { Children: [YamlMappingNode caller] } && caller.Children.TryGetValue(new YamlScalarNode("name"), out var name)
            ? (name as YamlScalarNode)?.Value
            : null;
    }

    private static List<string> Lines(string text) => [.. text.Split('\n')];

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
