using YamlDotNet.RepresentationModel;

namespace Sallyport.Tests.Deploy;

/// <summary>Reads the YAML below <c>deploy/</c> as those who run it do.</summary>
internal static class DeployedYaml
{
    public static string PathOf(string name) => Path.Combine(RepositoryRoot.Path, "deploy", name);

    public static IReadOnlyList<YamlMappingNode> Documents(string name)
    {
        using var reader = File.OpenText(PathOf(name));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. yaml.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    public static YamlNode At(YamlNode node, params IEnumerable<string> path)
        => path.Aggregate(node, static (at, name) => at is YamlSequenceNode list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : ((YamlMappingNode)at).Children[name]);

    public static Dictionary<string, YamlMappingNode> Mappings(YamlMappingNode node, string name)
        => ((YamlMappingNode)node.Children[name]).Children.ToDictionary(pair => $"{pair.Key}", pair => Merged((YamlMappingNode)pair.Value));

    public static IReadOnlyList<string> Sequence(YamlMappingNode node, string name)
        => node.Children.TryGetValue(name, out var value) ? [.. ((YamlSequenceNode)value).Select(item => $"{item}")] : [];

    public static Dictionary<string, string> Mapping(YamlMappingNode node, string name)
        => ((YamlMappingNode)node.Children[name]).Children.ToDictionary(pair => $"{pair.Key}", pair => $"{pair.Value}");

    public static string Text(YamlMappingNode node, string name) => $"{node.Children[name]}";

    /// <summary>What compose makes of <c>&lt;&lt;</c>: the members of the other mapping, unless there are own ones.</summary>
    private static YamlMappingNode Merged(YamlMappingNode node)
    {
        if (!node.Children.TryGetValue("<<", out var other))
            return node;
        var merged = new YamlMappingNode(node.Children.Where(pair => $"{pair.Key}" != "<<"));
        foreach (var (name, value) in ((YamlMappingNode)other).Children.Where(pair => !merged.Children.ContainsKey(pair.Key)))
            merged.Add(name, value);
        return merged;
    }
}
