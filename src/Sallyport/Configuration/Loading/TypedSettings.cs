using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Loading;

/// <summary>The settings as JSON in the types their schema asks for, and what was noticed while they were written.</summary>
internal sealed class TypedSettings
{
    private const int MostProblems = 500;

    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly Dictionary<string, Origin> _origins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _quoted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SettingsProblem> _unresolved = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly References _references;

    private TypedSettings(References references) => _references = references;

    /// <summary>Holds secrets.</summary>
    public ReadOnlyMemory<byte> Json => _json.WrittenMemory;

    public IReadOnlyDictionary<string, Origin> Origins => _origins;

    public IReadOnlyList<string> Warnings => _warnings;

    public bool HasSecretInFile { get; private set; }

    public bool HasSecretInDotEnv { get; private set; }

    public static TypedSettings Write(MapNode root, SettingsSchema schema, References references)
    {
        var typed = new TypedSettings(references);
        using var json = new Utf8JsonWriter(typed._json);
        typed.Map(json, root, schema.Schema.Root, "", schema.Sections);
        json.Flush();
        return typed;
    }

    /// <summary>Everything that disagrees with the schema, with where it was written.</summary>
    public IEnumerable<SettingsProblem> Problems(JsonSchema schema)
    {
        foreach (var unresolved in _unresolved.Values)
            yield return unresolved;
        foreach (var error in schema.Validate(Json.Span, MostProblems))
        {
            if (_unresolved.ContainsKey(error.Path))
                continue;
            var message = Phrases.For(error.Message);
            yield return new SettingsProblem(error.Path, _quoted.Contains(error.Path) ? $"{message}; remove the quotes" : message, OriginOf(error.Path));
        }
    }

    /// <summary>Where a setting, or the section it belongs to, was written.</summary>
    public Origin? OriginOf(string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (_origins.TryGetValue(at, out var origin))
                return origin;
        }

        return null;
    }

    private void Value(Utf8JsonWriter json, SettingNode node, SchemaNode schema, string path)
    {
        _origins[path] = node.Origin;
        switch (node)
        {
            case MapNode map:
                Map(json, map, schema, path, []);
                break;
            case ListNode list:
                json.WriteStartArray();
                for (var i = 0; i < list.Items.Count; i++)
                    Value(json, list.Items[i], schema.Items ?? new SchemaNode(), SettingsPath.Item(path, i));
                json.WriteEndArray();
                break;
            case TextNode text:
                Text(json, text, schema, path);
                break;
        }
    }

    private void Map(Utf8JsonWriter json, MapNode map, SchemaNode schema, string path, IReadOnlyList<string> always)
    {
        json.WriteStartObject();
        foreach (var (name, node) in map.Members)
        {
            if (IsUnset(node))
                continue;
            json.WritePropertyName(name);
            Value(json, node, schema.Properties.GetValueOrDefault(name) ?? schema.Unlisted ?? new SchemaNode(), SettingsPath.Member(path, name));
        }

        foreach (var name in always.Where(name => !map.Members.TryGetValue(name, out var node) || IsUnset(node)))
        {
            json.WritePropertyName(name);
            json.WriteRawValue(schema.Properties[name].Kinds == SchemaKind.Array ? "[]"u8 : "{}"u8);
        }

        json.WriteEndObject();
    }

    /// <summary>A mapping in which nothing is filled in is a form that nobody used, not a setting.</summary>
    private static bool IsUnset(SettingNode node) => node switch
    {
        TextNode text => text.IsUnset,
        MapNode map => map.Members.Count > 0 && map.Members.Values.All(IsUnset),
        _ => false,
    };

    private void Text(Utf8JsonWriter json, TextNode node, SchemaNode schema, string path)
    {
        var (text, style) = (node.Text, node.Style);
        var isReference = style != TextStyle.Verbatim && References.IsIn(text);
        var isFromDotEnv = node.Origin.Kind == OriginKind.DotEnv;
        if (isReference)
        {
            var resolved = _references.Resolve(text);
            if (resolved.Problem is { } problem)
                _unresolved[path] = new SettingsProblem(path, problem, node.Origin);
            (text, style) = (resolved.Text, style == TextStyle.Quoted && resolved.From is null ? style : TextStyle.Untyped);
            _origins[path] = node.Origin with { Reference = resolved.From };
            isFromDotEnv |= resolved.IsFromDotEnv;
            isReference = resolved.From is not null || resolved.Problem is not null;
        }

        if (schema.IsSecret)
            Secret(path, node.Origin.Kind == OriginKind.File && !isReference, isFromDotEnv);
        if (style == TextStyle.Quoted && (schema.Kinds & SchemaKind.String) == 0)
            _quoted.Add(path);
        Typed(json, text, style, schema.Kinds);
    }

    private void Secret(string path, bool isLiteral, bool isFromDotEnv)
    {
        HasSecretInFile |= isLiteral;
        HasSecretInDotEnv |= isFromDotEnv;
        if (isLiteral)
            _warnings.Add($"{path}: the secret itself is in the file; better write ${{env:NAME}} or ${{file:/path}} there.");
    }

    /// <summary>What cannot be read as the type asked for stays text, for the schema to object to.</summary>
    private static void Typed(Utf8JsonWriter json, string text, TextStyle style, SchemaKind kinds)
    {
        if (style == TextStyle.Quoted || (kinds & ~SchemaKind.Null) == SchemaKind.String)
            json.WriteStringValue(text);
        else if (kinds.HasFlag(SchemaKind.Boolean) && Boolean(text, style) is { } flag)
            json.WriteBooleanValue(flag);
        else if (kinds.HasFlag(SchemaKind.Integer) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            json.WriteNumberValue(whole);
        else if (kinds.HasFlag(SchemaKind.Number) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(text);
    }

    private static bool? Boolean(string text, TextStyle style) => text.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        "1" or "yes" or "on" when style != TextStyle.Plain => true,
        "0" or "no" or "off" when style != TextStyle.Plain => false,
        _ => null,
    };
}
