using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Resilience;
using Sallyport.Core.Schemas;

namespace Sallyport.Core.Tools;

/// <summary>One thing an agent can ask for: a name, what it takes, what it does to the upstream, and the function that does it.</summary>
public sealed record Tool
{
    /// <summary>Canonical name, <c>platform_resource_verb</c>, at most 53 characters because hosts prefix names.</summary>
    public required string Name { get; init; }

    /// <summary>The reference server's name for the same tool; both always resolve.</summary>
    public string? Alias { get; init; }

    /// <summary>The member under which the reference server took what goes into the request's body; a call by <see cref="Alias"/> may still do so.</summary>
    public string? AliasBody { get; init; }

    public string? Title { get; init; }

    /// <summary>One or two sentences: what comes back and when to pick this tool.</summary>
    public required string Description { get; init; }

    public required ToolAccess Access { get; init; }

    public required ToolPermission Permission { get; init; }

    /// <summary>Further permissions that these arguments ask for, beyond <see cref="Permission"/>.</summary>
    public Func<JsonElement, IReadOnlyList<ToolPermission>>? FurtherPermissions { get; init; }

    /// <summary>A write that removes, overwrites or cuts off; held for a person by the default policy.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>For a tool that changes nothing: which of its calls a person must agree to all the same.</summary>
    public PersonRule? AsksPerson { get; init; }

    public bool IsIdempotent { get; init; }

    public required JsonSchema Input { get; init; }

    public JsonSchema? Output { get; init; }

    /// <summary>The member of the result that holds its rows; rows can be projected, capped and continued.</summary>
    public string? Rows { get; init; }

    /// <summary>Names of result members, at any depth, whose text a stranger may have written.</summary>
    public IReadOnlyList<string> UntrustedMembers { get; init; } = [];

    /// <summary>Free-text arguments that the audit keeps in full; others are kept as length and digest.</summary>
    public IReadOnlyList<string> AuditedText { get; init; } = [];

    /// <summary>Arguments that the handler takes out of a list of its own, or by which it only chooses how to read another; a stranger's words have no room in them.</summary>
    public IReadOnlyList<string> ClosedArguments { get; init; } = [];

    /// <summary>Name under which failures are counted by the circuit breaker; the connector's id when null.</summary>
    public string? Upstream { get; init; }

    /// <summary>When the circuit of this tool's upstream opens, unless the operator says so; all tools of one upstream say the same.</summary>
    public CircuitOptions? Circuit { get; init; }

    /// <summary>How often one caller may use it; as often as the general limits allow when null.</summary>
    public CallPace? Pace { get; init; }

    /// <summary>The group by which <c>toolsets:</c> settings include or leave out this tool.</summary>
    public string? Toolset { get; init; }

    /// <summary>Listed where <c>catalog: lean</c> leaves the others to be found: tools that answer a whole question.</summary>
    public bool IsLean { get; init; }

    public ExternalProgram? Program { get; init; }

    /// <summary>The REST operation this tool is a row for; null for tools that do more than one.</summary>
    public RestOperation? Operation { get; init; }

    public required ToolHandler Handler { get; init; }

    public static Tool Read<TClient, TArguments, TResult>(
        string name, string description, Func<JsonTypeInfo<TArguments>> arguments, Func<JsonTypeInfo<TResult>> result,
        Func<TClient, TArguments, CancellationToken, Task<TResult>> handler)
        where TClient : class
        => Typed(ToolAccess.Read, name, description, arguments, result, (TClient c, TArguments a, ToolContext _, CancellationToken t) => handler(c, a, t));

    public static Tool Read<TClient, TArguments, TResult>(
        string name, string description, Func<JsonTypeInfo<TArguments>> arguments, Func<JsonTypeInfo<TResult>> result,
        Func<TClient, TArguments, ToolContext, CancellationToken, Task<TResult>> handler)
        where TClient : class
        => Typed(ToolAccess.Read, name, description, arguments, result, handler);

    public static Tool Write<TClient, TArguments, TResult>(
        string name, string description, Func<JsonTypeInfo<TArguments>> arguments, Func<JsonTypeInfo<TResult>> result,
        Func<TClient, TArguments, CancellationToken, Task<TResult>> handler)
        where TClient : class
        => Typed(ToolAccess.Write, name, description, arguments, result, (TClient c, TArguments a, ToolContext _, CancellationToken t) => handler(c, a, t));

    public static Tool Write<TClient, TArguments, TResult>(
        string name, string description, Func<JsonTypeInfo<TArguments>> arguments, Func<JsonTypeInfo<TResult>> result,
        Func<TClient, TArguments, ToolContext, CancellationToken, Task<TResult>> handler)
        where TClient : class
        => Typed(ToolAccess.Write, name, description, arguments, result, handler);

    /// <summary>A tool whose handler shapes its own content, for example a stream passed on from the upstream.</summary>
    public static Tool Raw<TClient, TArguments>(
        ToolAccess access, string name, string description, Func<JsonTypeInfo<TArguments>> arguments,
        Func<TClient, TArguments, ToolContext, CancellationToken, Task<ToolContent>> handler)
        where TClient : class
        => New(access, name, description, JsonSchema.Of(arguments), async (client, utf8, context, cancellationToken)
            => await handler((TClient)client, Parse(utf8, arguments()), context, cancellationToken));

    /// <summary>A tool whose handler reads the arguments as they were given, because leaving one out and null mean different things.</summary>
    public static Tool Document<TClient, TArguments>(
        ToolAccess access, string name, string description, Func<JsonTypeInfo<TArguments>> arguments,
        Func<TClient, JsonElement, ToolContext, CancellationToken, Task<ToolContent>> handler)
        where TClient : class
        => New(access, name, description, JsonSchema.Of(arguments), async (client, utf8, context, cancellationToken)
            => await handler((TClient)client, JsonElement.Parse(utf8.Span), context, cancellationToken));

    internal static Tool New(ToolAccess access, string name, string description, JsonSchema input, ToolHandler handler) => new()
    {
        Name = name,
        Description = description,
        Access = access,
        Permission = access == ToolAccess.Read ? ToolPermission.Read : ToolPermission.Respond,
        IsIdempotent = access == ToolAccess.Read,
        Input = input,
        Handler = handler,
    };

    private static Tool Typed<TClient, TArguments, TResult>(
        ToolAccess access, string name, string description, Func<JsonTypeInfo<TArguments>> arguments, Func<JsonTypeInfo<TResult>> result,
        Func<TClient, TArguments, ToolContext, CancellationToken, Task<TResult>> handler)
        where TClient : class
        => Raw<TClient, TArguments>(access, name, description, arguments, async (client, parsed, context, cancellationToken)
            => ToolContent.From(await handler(client, parsed, context, cancellationToken), result()));

    private static T Parse<T>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> type)
        => JsonSerializer.Deserialize(utf8.Span, type) ?? throw new InvalidArgumentsException("The arguments must be an object.");
}
