using System.Buffers;
using System.Text.Json;

namespace Sallyport.Gateway.Pipeline;

/// <summary>A call's arguments, with the gate's own (tenant, fields, cursor, approval) told apart from the tool's.</summary>
public sealed class CallArguments
{
    private static readonly ReadOnlyMemory<byte> EmptyObject = "{}"u8.ToArray();

    private CallArguments(ReadOnlyMemory<byte> all, ReadOnlyMemory<byte> forTool) => (All, ForTool) = (all, forTool);

    /// <summary>As sent; what the schema is checked against.</summary>
    public ReadOnlyMemory<byte> All { get; }

    /// <summary>What the handler gets.</summary>
    public ReadOnlyMemory<byte> ForTool { get; }

    public string? Tenant { get; private init; }

    public string? Cursor { get; private init; }

    public string? Approval { get; private init; }

    public IReadOnlyList<string>? Fields { get; private init; }

    /// <summary>Reads what it can: arguments that are not even an object are kept as they are, for the schema to refuse.</summary>
    public static CallArguments Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty)
            return new CallArguments(EmptyObject, EmptyObject);
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Split(utf8, document.RootElement) : new CallArguments(utf8, EmptyObject);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is not Unicode.
            return new CallArguments(utf8, EmptyObject);
        }
    }

    private static CallArguments Split(ReadOnlyMemory<byte> utf8, JsonElement root) => new(utf8, Strip(utf8, root))
    {
        Tenant = Text(root, GateArgument.Tenant),
        Cursor = Text(root, GateArgument.Cursor),
        Approval = Text(root, GateArgument.Approval),
        Fields = root.TryGetProperty(GateArgument.Fields, out var fields) && fields.ValueKind == JsonValueKind.Array
            ? [.. fields.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.String).Select(field => field.GetString()!)]
            : null,
    };

    private static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> utf8, JsonElement root)
    {
        if (!root.EnumerateObject().Any(IsOurs))
            return utf8;
        var buffer = new ArrayBufferWriter<byte>(utf8.Length);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var member in root.EnumerateObject())
        {
            if (!IsOurs(member))
                member.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static bool IsOurs(JsonProperty member)
        => member.NameEquals(GateArgument.Tenant) || member.NameEquals(GateArgument.Cursor)
            || member.NameEquals(GateArgument.Approval) || member.NameEquals(GateArgument.Fields);

    private static string? Text(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
