using ModelContextProtocol.Server;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Mcp.Serving;

/// <summary>What one kind of caller is served: everything through the protocol library, and tools directly as bytes.</summary>
/// <param name="Options">Shared by all requests of these callers; only ever read.</param>
internal sealed record McpSurface(McpServerOptions Options, DirectTools Direct)
{
    /// <summary>For one connection that lasts, whose client can be told of changes.</summary>
    public McpServerOptions ForSession()
    {
        var session = McpOptions.New(Options.ServerInstructions, tellsChanges: true);
        session.Handlers = Options.Handlers;
        return session;
    }

    /// <summary>Arguments that clients repeat in request headers, by tool.</summary>
    public ParameterHeaders Headers { get; } = ParameterHeaders.Of(Direct.List);
}

/// <summary>Tools that are listed and called without going through the protocol library.</summary>
/// <param name="List">The JSON array of <c>tools/list</c>.</param>
/// <param name="Answers">Whether a call of this name is answered here; others go through the protocol library.</param>
internal sealed record DirectTools(ReadOnlyMemory<byte> List, Func<string, bool> Answers, DirectCall CallAsync)
{
    /// <summary>Whether a call of this name may have to ask the person at the client, which only the protocol library can.</summary>
    public Func<string, bool> MayAsk { get; init; } = static _ => false;

    /// <summary>Off sends lists through the protocol library too, which is how both are compared.</summary>
    public bool IsListed { get; init; } = true;
}

/// <summary>Runs one call and gives the members of its result as a JSON object.</summary>
internal delegate Task<ReadOnlyMemory<byte>> DirectCall(ToolCallRequest request, CancellationToken cancellationToken);
