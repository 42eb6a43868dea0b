using System.Globalization;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Loading;

/// <summary>Finds a setting by the parts of its name, as loosely as variables are written: case, dashes and underscores do not count.</summary>
internal static class SettingsPath
{
    /// <summary>Stands for the item after a list's last.</summary>
    public const string Append = "+";

    public static string Member(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static string Item(string path, int index) => $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]";

    /// <summary>Puts a value at a path below the root. Answers why not, as the end of a sentence, or null.</summary>
    public static string? Set(MapNode root, SchemaNode schema, IReadOnlyList<string> parts, TextNode value, List<SettingsProblem> problems)
    {
        SettingNode at = root;
        for (var i = 0; i < parts.Count; i++)
        {
            var isLast = i == parts.Count - 1;
            switch (at)
            {
                case MapNode map:
                    if (Name(parts[i], map, schema, value.Style == TextStyle.Verbatim) is not { } name)
                        return Suggestion.For(parts[i].ToLowerInvariant(), schema.Properties.Keys);
                    schema = schema.Properties.GetValueOrDefault(name) ?? schema.Unlisted!;
                    map.Members[name] = at = isLast ? Typed(value, schema, problems) : Inner(map.Members.GetValueOrDefault(name), schema, value.Origin);
                    break;
                case ListNode list:
                    var index = list.Items.Count;
                    if (parts[i] != Append && (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out index) || index > list.Items.Count))
                        return $"expected the number of an item, 0 to {list.Items.Count}, where '{parts[i]}' stands";
                    schema = schema.Items ?? new SchemaNode();
                    var old = index < list.Items.Count ? list.Items[index] : null;
                    if (old is null)
                        list.Items.Add(value);
                    list.Items[index] = at = isLast ? Typed(value, schema, problems) : Inner(old, schema, value.Origin);
                    break;
                default:
                    return $"names something below '{parts[i - 1]}', which is a single value";
            }
        }

        return null;
    }

    /// <param name="isExact">Whether keys that a user chose are as given: two tenants that differ in a dash must not become one.</param>
    private static string? Name(string part, MapNode map, SchemaNode schema, bool isExact)
    {
        var folded = Fold(part);
        if (schema.Properties.Keys.FirstOrDefault(known => Fold(known) == folded) is { } property)
            return property;
        if (schema.Unlisted is null)
            return null;
        if (isExact)
            return part;
        return map.Members.Keys.FirstOrDefault(known => Fold(known) == folded) ?? part.ToLowerInvariant();
    }

    private static string Fold(string name)
        => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static SettingNode Inner(SettingNode? existing, SchemaNode schema, Origin origin) => existing switch
    {
        MapNode or ListNode => existing,
        _ when schema.Kinds == SchemaKind.Array => new ListNode(origin),
        _ when schema.Kinds.HasFlag(SchemaKind.Object) => new MapNode(origin),
        _ => new TextNode("", TextStyle.Plain, origin),
    };

    /// <summary>Lists may be written with commas; lists and mappings also as they would be in the file.</summary>
    private static SettingNode Typed(TextNode value, SchemaNode schema, List<SettingsProblem> problems)
    {
        var text = value.Text.Trim();
        var isList = schema.Kinds == SchemaKind.Array;
        if ((isList || schema.Kinds == SchemaKind.Object) && text is ['[' or '{', ..])
            return YamlTree.Value(text, _ => value.Origin, problems) ?? value;
        if (!isList)
            return value;
        var list = new ListNode(value.Origin);
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            list.Items.Add(value with { Text = item });
        return list;
    }
}
