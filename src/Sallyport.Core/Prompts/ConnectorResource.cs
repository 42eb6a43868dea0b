namespace Sallyport.Core.Prompts;

/// <summary>A page a connector offers beside its tools: facts about itself, never a platform's data.</summary>
/// <param name="Uri">For example <c>eset://docs/rate-limits</c>.</param>
/// <param name="Read">The text, given the tenant's client.</param>
public sealed record ConnectorResource(string Uri, string Name, string Description, string MimeType, Func<object, string> Read);
