using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core.Schemas;

namespace Sallyport.Tests.Fuzzing;

/// <summary>Makes up arguments that mostly fit a schema: its borders, odd texts, and now and then something that a platform knows.</summary>
internal sealed class FittingArguments(JsonSchema schema, Random random)
{
    private const int MostItems = 3;
    private const int MostDepth = 6;

    private static readonly string[] Texts =
    [
        "", " ", "a", "1", "0", "-1", "..", "../../etc/passwd", "\0", "\u202e", "\ud83d\ude00", "a\nb", "' OR 1=1 --", "${env:HOME}", "%00", "a/b?c#d", "<script>", "{}", "[]", "null", "*", "Ω≈ç",
        "ws-37", "ws-37.contoso.example", "10.1.2.3", "127.0.0.1", "fe80::1%eth0", "10.1.2.0/24", "22,80-90", "PT1H", "P9999999D", "7d", "1h", "-P1D", "CVE-2024-3094", "jane@contoso.example",
        "DeviceInfo | take 1", "DeviceInfo | where Timestamp > ago(1d", "2026-05-01", "https://contoso.example/", "critical", "-sV", "--script=vuln",
    ];

    private static readonly SchemaKind[] Kinds = [SchemaKind.Object, SchemaKind.Array, SchemaKind.String, SchemaKind.Integer, SchemaKind.Number, SchemaKind.Boolean, SchemaKind.Null];

    private static readonly string[] Dates = ["2026-05-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-28T23:59:59.9999999+14:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"];

    /// <summary>For patterns, which nothing here reads.</summary>
    private static readonly string[] Patterned =
    [
        "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "1", "1,2", "00:11:22:33:44:55", "CVSS:3.1/AV:N/AC:L", "CVSS:4.0/AV:N/AC:L", "High", "Critical,Low", "jane@contoso.example", "scan-1", "a",
    ];

    /// <summary>UTF-8 that the schema takes, or null when this attempt did not come out right.</summary>
    public byte[]? Next()
    {
        var made = JsonSerializer.SerializeToUtf8Bytes(Object(schema.Root, 0));
        return schema.Validate(made).Count == 0 ? made : null;
    }

    private JsonObject Object(SchemaNode node, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, member) in node.Properties)
        {
            if (node.Required.Contains(name) || (depth < MostDepth && random.Next(5) < 2))
                made[name] = Value(member, depth + 1);
        }

        if (node.Unlisted is { } any && depth < MostDepth && random.Next(4) == 0)
            made[Pick(Texts)] = Value(any, depth + 1);
        return made;
    }

    private JsonNode? Value(SchemaNode node, int depth)
    {
        if (node.Enum is { } allowed)
            return JsonNode.Parse(Pick(allowed));
        return Kind(node.Kinds) switch
        {
            SchemaKind.Object => Object(node, depth),
            SchemaKind.Array => Array(node, depth),
            SchemaKind.String => JsonValue.Create(Text(node)),
            SchemaKind.Integer => JsonNode.Parse(Whole(node).ToString(CultureInfo.InvariantCulture)),
            SchemaKind.Number => JsonNode.Parse(random.Next(3) switch { 0 => "1.5", 1 => "1e2", _ => Whole(node).ToString(CultureInfo.InvariantCulture) }),
            SchemaKind.Boolean => JsonValue.Create(random.Next(2) == 0),
            _ => null,
        };
    }

    private SchemaKind Kind(SchemaKind allowed)
    {
        for (var one = Pick(Kinds); ; one = Pick(Kinds))
        {
            if ((allowed & one) != 0)
                return one;
        }
    }

    private JsonArray Array(SchemaNode node, int depth)
    {
        var least = node.MinItems ?? 0;
        var count = random.Next(least, Math.Max(least, Math.Min(node.MaxItems ?? MostItems, Math.Max(least, MostItems))) + 1);
        return new JsonArray([.. Enumerable.Range(0, count).Select(_ => depth < MostDepth ? Value(node.Items ?? schema.Root.Unlisted ?? new SchemaNode { Kinds = SchemaKind.String }, depth + 1) : null)]);
    }

    private decimal Whole(SchemaNode node)
    {
        var (low, high) = (node.Minimum ?? long.MinValue, node.Maximum ?? long.MaxValue);
        return random.Next(5) switch { 0 => low, 1 => high, 2 => Math.Clamp(0, low, high), 3 => Math.Clamp(random.Next(), low, high), _ => Math.Clamp(random.Next(1, 30), low, high) };
    }

    private string Text(SchemaNode node)
    {
        var text = node switch
        {
            { Format: TextFormat.Uuid } => new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]).ToString(),
            { Format: TextFormat.Date } => Pick(Dates)[..10],
            { Format: TextFormat.DateTime } => Pick(Dates),
            { Format: TextFormat.IpAddress } => random.Next(2) == 0 ? "10.1.2.3" : "2001:db8::1",
            { Format: TextFormat.Uri } => "https://contoso.example/",
            { Pattern: { } pattern } => Patterned.Where(one => TextFormat.IsMatch(pattern, one)).ToList() is { Count: > 0 } fitting ? Pick(fitting) : "",
            _ => random.Next(8) == 0 ? new string('ä', Math.Min(node.MaxLength ?? 3000, 3000)) : Pick(Texts),
        };
        if (text.Length > node.MaxLength && node.Format is null)
            text = text[..node.MaxLength.Value];
        return text.PadRight(node.MinLength ?? 0, 'x');
    }

    private T Pick<T>(IReadOnlyList<T> some) => some[random.Next(some.Count)];
}
