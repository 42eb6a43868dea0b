using System.Text.RegularExpressions;

namespace Sallyport.Core.Schemas;

/// <summary>One level of a schema, compiled: exactly the keywords we show to clients and nothing we do not check.</summary>
public sealed class SchemaNode
{
    public SchemaKind Kinds { get; internal set; } = SchemaKind.Any;

    public string? Format { get; internal set; }

    /// <summary>Allowed values as raw JSON text, in the order shown.</summary>
    public IReadOnlyList<string>? Enum { get; internal set; }

    public decimal? Minimum { get; internal set; }

    public decimal? Maximum { get; internal set; }

    /// <summary>Counted in Unicode code points, as JSON Schema does.</summary>
    public int? MinLength { get; internal set; }

    public int? MaxLength { get; internal set; }

    /// <summary>Compiled when a value is first checked: most patterns of most tools never are.</summary>
    public Regex? Pattern => PatternText is null ? null : field ??= new Regex(PatternText, RegexOptions.CultureInvariant, PatternTimeout);

    public IReadOnlyDictionary<string, SchemaNode> Properties { get; internal set; } = EmptyProperties;

    public IReadOnlyList<string> Required { get; internal set; } = [];

    /// <summary>What members that are not listed must look like; null refuses them.</summary>
    public SchemaNode? Unlisted { get; internal set; } = AnyValue;

    public SchemaNode? Items { get; internal set; }

    public int? MinItems { get; internal set; }

    public int? MaxItems { get; internal set; }

    public bool UniqueItems { get; internal set; }

    /// <summary>The default as raw JSON text, for documentation and forms.</summary>
    public string? Default { get; internal set; }

    /// <summary>A password, key or token: taken, never shown.</summary>
    public bool IsSecret { get; internal set; }

    public string? Description { get; internal set; }

    internal string? PatternText { get; set; }

    // Far beyond what any of our patterns needs: a busy machine must not make a value that fits look wrong.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(2);

    // In this order: a node takes the empty members when it is made.
    private static readonly Dictionary<string, SchemaNode> EmptyProperties = [];

    internal static SchemaNode AnyValue { get; } = Any();

    /// <summary>Whatever is inside a value of any shape may be of any shape too.</summary>
    private static SchemaNode Any()
    {
        var node = new SchemaNode();
        node.Unlisted = node;
        return node;
    }
}
