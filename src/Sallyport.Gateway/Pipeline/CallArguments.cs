using System.Buffers;
using System.Text.Json;
using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Pipeline;

/// <summary>A call's arguments, with the gate's own (tenant, fields, cursor, approval) told apart from the tool's.</summary>
public sealed class CallArguments
{
    private static readonly ReadOnlyMemory<byte> EmptyObject = "{}"u8.ToArray();
    private static readonly string[] Ours = [GateArgument.Tenant, GateArgument.Fields, GateArgument.Cursor, GateArgument.Approval];

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
    /// <param name="tool">Keeps an argument of its own that has the name of one of ours.</param>
    /// <param name="calledAs">The name the caller used: by a reference server's name, its form of the arguments is taken too.</param>
    public static CallArguments Read(ReadOnlyMemory<byte> utf8, Tool? tool = null, string? calledAs = null)
    {
        if (utf8.IsEmpty)
            return new CallArguments(EmptyObject, EmptyObject);
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new CallArguments(utf8, EmptyObject);
            if (tool?.AliasBody is { } body && calledAs == tool.Alias && document.RootElement.TryGetProperty(body, out var members) && members.ValueKind == JsonValueKind.Object
                && !members.EnumerateObject().Any(member => IsOurs(member, tool)))
                return Read(Unwrap(document.RootElement, body), tool);
            return Split(utf8, document.RootElement, tool);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is not Unicode.
            return new CallArguments(utf8, EmptyObject);
        }
    }

    private static CallArguments Split(ReadOnlyMemory<byte> utf8, JsonElement root, Tool? tool) => new(utf8, Strip(utf8, root, tool))
    {
        Tenant = Text(root, GateArgument.Tenant, tool),
        Cursor = Text(root, GateArgument.Cursor, tool),
        Approval = Text(root, GateArgument.Approval, tool),
        Fields = IsOurs(GateArgument.Fields, tool) && root.TryGetProperty(GateArgument.Fields, out var fields) && fields.ValueKind == JsonValueKind.Array
            ? [.. fields.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.String).Select(field => field.GetString()!)]
            : null,
    };

    /// <summary>The members of the body beside the others; one that is in both places is then there twice, which the schema refuses.</summary>
    private static ReadOnlyMemory<byte> Unwrap(JsonElement root, string body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        foreach (var member in root.EnumerateObject().SelectMany(member => member.NameEquals(body) ? member.Value.EnumerateObject() : (IEnumerable<JsonProperty>)[member]))
            member.WriteTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> utf8, JsonElement root, Tool? tool)
    {
        if (!root.EnumerateObject().Any(member => IsOurs(member, tool)))
            return utf8;
        var buffer = new ArrayBufferWriter<byte>(utf8.Length);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var member in root.EnumerateObject())
        {
            if (!IsOurs(member, tool))
                member.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    // NameEquals, because a name that is not valid text cannot be read as one.
    private static bool IsOurs(JsonProperty member, Tool? tool)
        => Array.Exists(Ours, name => member.NameEquals(name) && IsOurs(name, tool));

    private static bool IsOurs(string name, Tool? tool) => tool?.Input.Root.Properties.ContainsKey(name) is not true;

    private static string? Text(JsonElement root, string name, Tool? tool)
        => IsOurs(name, tool) && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
