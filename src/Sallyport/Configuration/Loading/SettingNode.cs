namespace Sallyport.Configuration.Loading;

/// <summary>A piece of the settings before it has a type: what was written, and where.</summary>
internal abstract record SettingNode(Origin Origin);

/// <summary>A mapping; its names keep the order they were written in.</summary>
internal sealed record MapNode(Origin Origin) : SettingNode(Origin)
{
    public OrderedDictionary<string, SettingNode> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>A list.</summary>
internal sealed record ListNode(Origin Origin) : SettingNode(Origin)
{
    public List<SettingNode> Items { get; } = [];
}

/// <summary>A value as text; the schema decides what type it becomes.</summary>
internal sealed record TextNode(string Text, TextStyle Style, Origin Origin) : SettingNode(Origin)
{
    /// <summary>Written as nothing at all, which is the same as leaving the setting out.</summary>
    public bool IsUnset => Style == TextStyle.Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    // A value may be a secret, so it is not printed.
    public override string ToString() => $"a value from {Origin}";
}

/// <summary>How much a value's text says about its type.</summary>
internal enum TextStyle
{
    /// <summary>Bare text in a file: may be a number or true or false.</summary>
    Plain,

    /// <summary>Quoted in a file: text and nothing else.</summary>
    Quoted,

    /// <summary>From a variable or the command line: whatever the schema asks for.</summary>
    Untyped,

    /// <summary>From a reference server's variable: as untyped, and <c>${…}</c> in it means nothing.</summary>
    Verbatim,
}
