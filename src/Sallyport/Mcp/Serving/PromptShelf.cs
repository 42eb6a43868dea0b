using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Core;

namespace Sallyport.Mcp.Serving;

/// <summary>The prompts of the platforms that a caller can follow to the end: every tool they mention is the caller's.</summary>
internal sealed class PromptShelf
{
    private readonly List<Core.Prompts.Prompt> _prompts;
    private readonly ListPromptsResult _list;

    /// <param name="work">Prompts across platforms, put together for this caller.</param>
    /// <param name="hasTool">Whether the caller has a tool, by canonical name.</param>
    public PromptShelf(IReadOnlyList<Core.Prompts.Prompt> work, IEnumerable<IConnector> connectors, Func<string, bool> hasTool, bool usesAliases)
    {
        _prompts = [.. work, .. connectors.SelectMany(connector => connector.Prompts).Where(prompt => prompt.Tools.All(hasTool))];
        _list = new ListPromptsResult
        {
            Prompts = [.. _prompts.Select(prompt => Describe(prompt, usesAliases))],
            TimeToLive = McpSurfaces.ListLifetime,
            CacheScope = CacheScope.Private,
        };
    }

    public ValueTask<ListPromptsResult> ListAsync(RequestContext<ListPromptsRequestParams> request, CancellationToken cancellationToken) => new(_list);

    public ValueTask<GetPromptResult> GetAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params.Name;
        var prompt = _prompts.Find(prompt => prompt.Name == name) ?? _prompts.Find(prompt => prompt.Alias == name)
            ?? throw new McpProtocolException("Unknown prompt.", McpErrorCode.InvalidParams);
        var arguments = (request.Params.Arguments ?? new Dictionary<string, JsonElement>())
            .ToDictionary(pair => pair.Key, pair => pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Value.GetRawText(), StringComparer.Ordinal);
        if (prompt.Arguments.FirstOrDefault(argument => argument.IsRequired && !arguments.ContainsKey(argument.Name)) is { } missing)
            throw new McpProtocolException($"{missing.Name}: is required", McpErrorCode.InvalidParams);
        try
        {
            var text = prompt.Render(arguments);
            return new(new GetPromptResult { Description = prompt.Description, Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text } }] });
        }
        catch (InvalidArgumentsException exception)
        {
            throw new McpProtocolException(exception.Message, McpErrorCode.InvalidParams);
        }
    }

    private static Prompt Describe(Core.Prompts.Prompt prompt, bool usesAliases) => new()
    {
        Name = usesAliases ? prompt.Alias ?? prompt.Name : prompt.Name,
        Title = prompt.Title,
        Description = prompt.Description,
        Arguments = [.. prompt.Arguments.Select(argument => new PromptArgument { Name = argument.Name, Description = argument.Description, Required = argument.IsRequired })],
    };
}
