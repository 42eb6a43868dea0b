using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Http;

/// <summary>Holds a message of the current revision against its own headers, so that whatever routed by the headers was not deceived.</summary>
internal static class ModernChecks
{
    /// <summary>The first thing that is wrong, or null.</summary>
    public static RpcError? Check(RequestHead head, IHeaderDictionary headers, ParameterHeaders parameters)
    {
        if (!head.IsRequest)
            return null;
        if (head.ProtocolVersion is not { } version)
            return RpcError.Invalid("params._meta must carry io.modelcontextprotocol/protocolVersion.");
        if (version != Revisions.Modern)
            return RpcError.Mismatch("MCP-Protocol-Version differs from the version in _meta.");
        if (!headers.TryGetValue("Mcp-Method", out var method) || method.ToString().Trim() != head.Method)
            return RpcError.Mismatch("Mcp-Method must be there and equal the method.");
        if (head.RoutingName is { } name && (!headers.TryGetValue("Mcp-Name", out var sent) || McpHeaderEncoder.DecodeValue(sent.ToString().Trim()) != name))
            return RpcError.Mismatch("Mcp-Name must be there and equal what the request is about.");
        if (!head.HasCapabilities)
            return RpcError.Invalid("params._meta must carry io.modelcontextprotocol/clientCapabilities, an object.");
        return IsRemoved(head.Method!) ? RpcError.UnknownMethod(head.Method!) : CheckParameters(head, headers, parameters);
    }

    /// <summary>Methods that older revisions had and the current one does not.</summary>
    private static bool IsRemoved(string method)
        => method is "initialize" or "ping" or "logging/setLevel" or "resources/subscribe" or "resources/unsubscribe";

    private static RpcError? CheckParameters(RequestHead head, IHeaderDictionary headers, ParameterHeaders parameters)
    {
        if (head.Method != RequestMethods.ToolsCall || head.Name is null || parameters.Of(head.Name) is not { Count: > 0 } expected)
            return null;
        using var arguments = head.Arguments.IsEmpty ? null : JsonDocument.Parse(head.Arguments);
        foreach (var (header, argument) in expected)
        {
            var inBody = arguments is not null && arguments.RootElement.ValueKind == JsonValueKind.Object
                && arguments.RootElement.TryGetProperty(argument, out var value) && value.ValueKind != JsonValueKind.Null ? value : (JsonElement?)null;
            var inHeader = headers.TryGetValue(header, out var sent) ? sent.ToString().Trim() : null;
            if (!AreEqual(inHeader, inBody))
                return RpcError.Mismatch($"{header} must equal the argument '{argument}', and be there exactly when it is.");
        }

        return null;
    }

    private static bool AreEqual(string? header, JsonElement? body)
    {
        if (header is null || body is not { } value)
            return header is null && body is null;
        var decoded = McpHeaderEncoder.DecodeValue(header);
        return value.ValueKind switch
        {
            JsonValueKind.String => decoded == value.GetString(),
            JsonValueKind.Number => decimal.TryParse(decoded, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && value.TryGetDecimal(out var sent) && number == sent,
            JsonValueKind.True => decoded == "true",
            JsonValueKind.False => decoded == "false",
            _ => false,
        };
    }
}
