using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Core.Observability;
using Sallyport.Gateway.Identity;

namespace Sallyport.Mcp.Serving;

/// <summary>Carries the proven caller through the protocol library to the handlers.</summary>
internal sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal
{
    public Caller Caller => caller;

    /// <summary>The trace of the HTTP request.</summary>
    public ActivityContext? Trace { get; init; }

    /// <summary>Who sent this request. A request without a proven caller is a bug in the edge, never an anonymous caller.</summary>
    public static Caller Of(MessageContext context)
    {
        var caller = context.User is CallerPrincipal principal ? principal.Caller : throw new InvalidOperationException("A request without a caller.");
        var client = context.Server.ClientInfo;
        return caller with
        {
            ClaimedClient = client is null ? caller.ClaimedClient : ClaimedClientOf(client.Name, client.Version),
            Session = context.Server.SessionId ?? caller.Session,
        };
    }

    /// <summary>What the client says it is, bounded, because it comes from the client.</summary>
    public static string ClaimedClientOf(string name, string? version)
    {
        var claim = string.IsNullOrEmpty(version) ? name : $"{name}/{version}";
        return claim.Length <= LongestClaim ? claim : claim[..LongestClaim];
    }

    /// <summary>The trace that the message says it belongs to, or the request that brought it.</summary>
    public static ActivityContext? TraceOf(RequestContext<CallToolRequestParams> context)
        => (context.User as CallerPrincipal)?.Trace
            ?? (context.JsonRpcRequest.Params?["_meta"] is JsonObject meta ? TraceParent.Read(Text(meta, "traceparent"), Text(meta, "tracestate")) : null);

    private static string? Text(JsonObject meta, string name) => meta[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private const int LongestClaim = 128;
}
