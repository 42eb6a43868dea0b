using System.Text;
using System.Text.Json;

namespace Sallyport.Core.Tools;

/// <summary>One REST operation as written in a connector's table: <c>POST /v2/incidents/{incident_id}:close</c>.</summary>
public sealed class RestOperation
{
    private readonly string[] _placeholders;

    /// <param name="service">Which of the platform's services answers, where it has several hosts.</param>
    public RestOperation(string text, ToolAccess access, string service)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        (Method, Template, Access, Service) = (HttpMethod.Parse(text.AsSpan(0, space)), text[(space + 1)..], access, service);
        _placeholders = [.. Template.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)])];
    }

    public HttpMethod Method { get; }

    public string Template { get; }

    public ToolAccess Access { get; }

    public string Service { get; }

    public bool HasBody => Method == HttpMethod.Post || Method == HttpMethod.Put || Method == HttpMethod.Patch;

    /// <summary>Puts each argument where it belongs: into the path, else into the body of a POST, PUT or PATCH, else into the query.</summary>
    public RestCall Fill(ReadOnlyMemory<byte> arguments, string? template = null)
    {
        using var document = JsonDocument.Parse(arguments);
        var path = template ?? Template;
        var query = new StringBuilder();
        var body = HasBody ? new MemoryStream() : null;
        using var writer = body is null ? null : new Utf8JsonWriter(body);
        writer?.WriteStartObject();
        foreach (var argument in document.RootElement.EnumerateObject())
        {
            if (Array.IndexOf(_placeholders, argument.Name) >= 0)
                path = path.Replace($"{{{argument.Name}}}", PathSegment.Escape(argument.Name, Text(argument.Value)), StringComparison.Ordinal);
            else if (writer is not null)
                argument.WriteTo(writer);
            else
                Append(query, argument);
        }

        writer?.WriteEndObject();
        writer?.Flush();
        return new RestCall(this, path, query.ToString(), body is null ? (ReadOnlyMemory<byte>?)null : body.ToArray());
    }

    /// <summary>A list repeats its name; null is the same as leaving the argument out.</summary>
    private static void Append(StringBuilder query, JsonProperty argument)
    {
        if (argument.Value.ValueKind == JsonValueKind.Null)
            return;
        IEnumerable<JsonElement> values = argument.Value.ValueKind == JsonValueKind.Array ? argument.Value.EnumerateArray() : [argument.Value];
        foreach (var value in values)
        {
            query.Append(query.Length == 0 ? '?' : '&')
                .Append(Uri.EscapeDataString(argument.Name)).Append('=').Append(Uri.EscapeDataString(Text(value)));
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
