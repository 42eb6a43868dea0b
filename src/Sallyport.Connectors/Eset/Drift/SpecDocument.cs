using System.Text.Json;

namespace Sallyport.Connectors.Eset.Drift;

/// <summary>One of ESET's OpenAPI documents: what one service offers, as its makers describe it.</summary>
/// <param name="Service">The document's file name without its ending, for example <c>device-management</c>.</param>
internal sealed record SpecDocument(string Service, JsonElement Root)
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public IEnumerable<SpecOperation> Operations
        => from path in Root.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           where Methods.Contains(method.Name, StringComparer.Ordinal)
           select new SpecOperation(this, method.Name.ToUpperInvariant(), path.Name, method.Value);

    public static SpecDocument Parse(string service, ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return new SpecDocument(service, document.RootElement.Clone());
    }

    /// <summary>Follows a local reference until a schema that says something.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var target = Root;
            foreach (var step in reference.GetString()!.Split('/').Skip(1))
                target = target.GetProperty(step);
            schema = target;
        }

        return schema;
    }
}

/// <summary>One operation of a service, as its makers describe it.</summary>
internal sealed record SpecOperation(SpecDocument Document, string Method, string Path, JsonElement Description)
{
    public string Name => $"{Document.Service} {Method} {Path}";

    /// <summary>Everything that can be said in one call: path, query and the members of the body.</summary>
    public IEnumerable<SpecMember> Members => Parameters.Concat(Body is { } body ? SpecMember.Of(Document, body) : []);

    private IEnumerable<SpecMember> Parameters => !Description.TryGetProperty("parameters", out var parameters) ? [] :
        from parameter in parameters.EnumerateArray()
        where parameter.GetProperty("in").GetString() is "path" or "query"
        select new SpecMember(
            parameter.GetProperty("name").GetString()!,
            Document.Resolve(parameter.GetProperty("schema")),
            parameter.TryGetProperty("required", out var required) && required.GetBoolean());

    private JsonElement? Body => Description.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").TryGetProperty("application/json", out var json) ? json.GetProperty("schema") : null;
}

/// <summary>One member that a caller may set.</summary>
internal sealed record SpecMember(string Name, JsonElement Schema, bool IsRequired)
{
    public static IEnumerable<SpecMember> Of(SpecDocument document, JsonElement schema)
    {
        var resolved = document.Resolve(schema);
        if (!resolved.TryGetProperty("properties", out var members))
            return [];
        var required = resolved.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        return from member in members.EnumerateObject()
               let inner = document.Resolve(member.Value)
               where !IsReadOnly(member.Value) && !IsReadOnly(inner)
               select new SpecMember(member.Name, inner, required.Contains(member.Name));
    }

    private static bool IsReadOnly(JsonElement schema) => schema.TryGetProperty("readOnly", out var value) && value.GetBoolean();
}
