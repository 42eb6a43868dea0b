using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sallyport.Configuration.Loading;

/// <summary>
/// Reads the plain part of YAML that settings need, keeping line numbers. Anchors, aliases and tags are refused (aliases are how a
/// small file becomes a huge one), and so are duplicate keys, several documents and deep nesting.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 24;

    private readonly Parser _parser;
    private readonly Func<int, Origin> _originAt;
    private readonly List<SettingsProblem> _problems;

    private YamlTree(string text, Func<int, Origin> originAt, List<SettingsProblem> problems)
    {
        _parser = new Parser(new StringReader(text));
        (_originAt, _problems) = (originAt, problems);
    }

    /// <summary>The document's root mapping; null when there is none or the text is not YAML, which is then noted.</summary>
    public static MapNode? Read(string text, Func<int, Origin> originAt, List<SettingsProblem> problems)
        => Value(text, originAt, problems) switch
        {
            null => null,
            MapNode map => map,
            var other => Refuse(problems, "must be a mapping of names to settings", other.Origin),
        };

    /// <summary>Any one value, for example a list inside a variable.</summary>
    public static SettingNode? Value(string text, Func<int, Origin> originAt, List<SettingsProblem> problems)
    {
        var tree = new YamlTree(text, originAt, problems);
        try
        {
            return tree.Document();
        }
        catch (YamlException refused)
        {
            // The library's own message quotes the text around the fault, which may be a secret.
            var sentence = refused is UnwantedYamlException ? refused.Message : "this is not well-formed YAML; look at quotes, colons and indentation";
            problems.Add(new SettingsProblem("", sentence, originAt((int)refused.Start.Line)));
            return null;
        }
    }

    private SettingNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = Node("", 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            throw new UnwantedYamlException(second.Start, "holds more than one document; keep one");
        return root is TextNode { IsUnset: true } ? null : root;
    }

    private SettingNode Node(string path, int depth)
    {
        if (_parser.Accept<AnchorAlias>(out var alias))
            throw new UnwantedYamlException(alias.Start, "aliases (*name) are not read; write the value out");
        if (_parser.Accept<NodeEvent>(out var node))
        {
            if (!node.Anchor.IsEmpty)
                throw new UnwantedYamlException(node.Start, "anchors (&name) are not read; write the value out");
            if (!node.Tag.IsEmpty)
                throw new UnwantedYamlException(node.Start, "tags (!name) are not read; leave them out");
        }

        if (depth > MaxDepth)
            throw new UnwantedYamlException(_parser.Current?.Start ?? Mark.Empty, $"is nested more than {MaxDepth} levels deep");
        if (_parser.TryConsume<Scalar>(out var scalar))
            return new TextNode(scalar.Value, scalar.Style == ScalarStyle.Plain ? TextStyle.Plain : TextStyle.Quoted, At(scalar));
        return _parser.TryConsume<SequenceStart>(out var sequence) ? List(sequence, path, depth) : Map(path, depth);
    }

    private ListNode List(SequenceStart start, string path, int depth)
    {
        var list = new ListNode(At(start));
        while (!_parser.TryConsume<SequenceEnd>(out _))
            list.Items.Add(Node(SettingsPath.Item(path, list.Items.Count), depth + 1));
        return list;
    }

    private MapNode Map(string path, int depth)
    {
        var map = new MapNode(At(_parser.Consume<MappingStart>()));
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.Accept<Scalar>(out var name))
                throw new UnwantedYamlException(_parser.Current!.Start, "a setting's name must be plain text; put quotes around ${…} and {…}");
            var member = SettingsPath.Member(path, name.Value);
            _parser.Consume<Scalar>();
            var value = Node(member, depth + 1);
            if (!map.Members.TryAdd(name.Value, value))
                _problems.Add(new SettingsProblem(member, "is given twice; keep one", At(name)));
        }

        return map;
    }

    private Origin At(ParsingEvent read) => _originAt((int)read.Start.Line);

    private static MapNode? Refuse(List<SettingsProblem> problems, string message, Origin origin)
    {
        problems.Add(new SettingsProblem("", message, origin));
        return null;
    }

    /// <summary>YAML that is well-formed and still not wanted; its message is ours.</summary>
    private sealed class UnwantedYamlException(Mark at, string message) : YamlException(at, at, message);
}
