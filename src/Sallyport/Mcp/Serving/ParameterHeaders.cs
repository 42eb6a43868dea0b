using System.Text.Json;

namespace Sallyport.Mcp.Serving;

/// <summary>Which arguments of which tools a client repeats in <c>Mcp-Param-*</c> headers (<c>x-mcp-header</c> in the tool's schema).</summary>
internal sealed class ParameterHeaders
{
    private const string Annotation = "x-mcp-header";

    private readonly Dictionary<string, IReadOnlyList<(string Header, string Argument)>> _byTool;

    private ParameterHeaders(Dictionary<string, IReadOnlyList<(string Header, string Argument)>> byTool) => _byTool = byTool;

    public IReadOnlyList<(string Header, string Argument)> Of(string tool) => _byTool.TryGetValue(tool, out var headers) ? headers : [];

    public static ParameterHeaders Of(ReadOnlyMemory<byte> tools)
    {
        Dictionary<string, IReadOnlyList<(string Header, string Argument)>> byTool = new(StringComparer.Ordinal);
        // Most catalogues have none: do not parse hundreds of kilobytes at start to find that out.
        if (tools.Span.IndexOf("\"x-mcp-header\""u8) < 0)
            return new ParameterHeaders(byTool);
        using var document = JsonDocument.Parse(tools);
        foreach (var tool in document.RootElement.EnumerateArray())
        {
            if (!tool.GetProperty("inputSchema").TryGetProperty("properties", out var properties))
                continue;
            List<(string Header, string Argument)> headers = [];
            foreach (var property in properties.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(Annotation, out var header))
                    headers.Add(($"Mcp-Param-{header.GetString()}", property.Name));
            }

            if (headers.Count > 0)
                byTool[tool.GetProperty("name").GetString()!] = headers;
        }

        return new ParameterHeaders(byTool);
    }
}
