namespace Sallyport.Core.Tools;

/// <summary>Runs one tool against one tenant's client; <paramref name="arguments"/> have passed the tool's schema.</summary>
public delegate ValueTask<ToolContent> ToolHandler(
    object client, ReadOnlyMemory<byte> arguments, ToolContext context, CancellationToken cancellationToken);
