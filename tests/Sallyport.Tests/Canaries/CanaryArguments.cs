using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Canaries;

/// <summary>Arguments that a tool takes, with a canary in every free text; what the audit keeps by design gets a plain word.</summary>
internal static class CanaryArguments
{
    public const string Canary = "canary-argument-text-c8f0";

    private const int ShortText = 256;

    public static byte[] For(Tool tool) => JsonSerializer.SerializeToUtf8Bytes(Object(tool.Input.Root, tool.AuditedText, isAudited: false, depth: 0));

    private static JsonObject Object(SchemaNode schema, IReadOnlyList<string> audited, bool isAudited, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, node) in schema.Properties)
        {
            var isRequired = schema.Required.Contains(name);
            if (node.IsSecret || (!isRequired && (depth > 2 || !IsFreeText(node))))
                continue;
            if (Value(node, isAudited || audited.Contains(name), depth) is { } value)
                made[name] = value;
        }

        return made;
    }

    private static JsonNode? Value(SchemaNode node, bool isAudited, int depth)
    {
        if (node.Enum is [var first, ..])
            return JsonNode.Parse(first);
        if (node.Default is { } usual && usual != "null" && !IsFreeText(node))
            return JsonNode.Parse(usual);
        if (node.Kinds.HasFlag(SchemaKind.String))
            return Text(node, isAudited);
        if (node.Kinds.HasFlag(SchemaKind.Integer) || node.Kinds.HasFlag(SchemaKind.Number))
            return JsonValue.Create((long)Math.Max(1, node.Minimum ?? 1));
        if (node.Kinds.HasFlag(SchemaKind.Boolean))
            return JsonValue.Create(false);
        if (node.Kinds.HasFlag(SchemaKind.Array))
            return new JsonArray([.. Enumerable.Range(0, Math.Max(1, node.MinItems ?? 1)).Select(_ => node.Items is null ? null : Value(node.Items, isAudited, depth + 1))]);
        return Object(node, [], isAudited, depth + 1);
    }

    private static JsonValue Text(SchemaNode node, bool isAudited)
    {
        var text = node.Format switch
        {
            "uuid" => "7b1d4a7e-90c1-4a52-9d31-1f0a9d1b7c55",
            "date-time" => "2026-05-01T00:00:00Z",
            "date" => "2026-05-01",
            "uri" => "https://contoso.example/",
            "ipv4" or "ipv6" => "127.0.0.1",
            null when IsFreeText(node) && !isAudited => Canary,
            _ => "1",
        };
        return JsonValue.Create(text.PadRight(node.MinLength ?? 0, 'x'));
    }

    /// <summary>Text that the audit keeps only the length and digest of.</summary>
    private static bool IsFreeText(SchemaNode node) => node.Kinds.HasFlag(SchemaKind.String) && node.Enum is null && node.Format is null && node.Pattern is null && !(node.MaxLength <= ShortText);
}
