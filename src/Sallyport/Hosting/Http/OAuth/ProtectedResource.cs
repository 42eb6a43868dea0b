using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Hosting.Http.Endpoints;

namespace Sallyport.Hosting.Http.OAuth;

/// <summary>What clients must know to get a token for this gate (RFC 9728), and the challenges that lead them there.</summary>
internal sealed class ProtectedResource
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    private readonly PathString[] _paths;
    private readonly byte[] _document;
    private readonly string _scopes;

    /// <param name="address">The gate's public address, as clients know it.</param>
    public ProtectedResource(Uri address, string issuer, IReadOnlyList<string> scopes)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        // At the root too, where clients look that do not know the rule about paths.
        _paths = [WellKnown, WellKnown + (path.Length == 0 ? HttpEdge.McpPath : path)];
        _document = Document(address.OriginalString, issuer, scopes);
        _scopes = scopes.Count == 0 ? "" : $", scope=\"{string.Join(' ', scopes)}\"";
        Challenge = $"Bearer realm=\"sallyport\", resource_metadata=\"{address.GetLeftPart(UriPartial.Authority)}{WellKnown}{path}\"";
    }

    /// <summary>For a request that showed nothing; a word about what was wrong goes behind it.</summary>
    public string Challenge { get; }

    public string Unproven => Challenge + _scopes;

    public string Invalid => $"{Challenge}, error=\"invalid_token\"{_scopes}";

    public string Lacking => $"{Challenge}, error=\"insufficient_scope\"{_scopes}";

    public bool IsAt(PathString path) => Array.Exists(_paths, own => own == path);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in _paths.Distinct())
            routes.MapGet(path.Value!, (RequestDelegate)(http => Answers.JsonAsync(http, StatusCodes.Status200OK, _document)));
    }

    private static byte[] Document(string resource, string issuer, IReadOnlyList<string> scopes)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("resource"u8, resource);
            writer.WriteString("resource_name"u8, Product.Title);
            WriteList(writer, "authorization_servers", [issuer]);
            WriteList(writer, "scopes_supported", scopes);
            WriteList(writer, "bearer_methods_supported", ["header"]);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
