namespace Sallyport.Core.Tools;

/// <summary>One REST operation with its arguments filled in.</summary>
/// <param name="Operation">The row it came from.</param>
/// <param name="Path">Path with every value escaped as one segment.</param>
/// <param name="Query">Empty, or <c>?name=value&amp;…</c> with names and values escaped.</param>
/// <param name="Body">JSON to send, or null for none.</param>
public sealed record RestCall(RestOperation Operation, string Path, string Query, ReadOnlyMemory<byte>? Body);

/// <summary>A client that carries out REST operations as they are.</summary>
public interface IRestClient
{
    /// <summary>The path template where this client's deployment differs from the table; null where it does not.</summary>
    string? TemplateFor(RestOperation operation) => null;

    Task<ToolContent> SendAsync(RestCall call, ToolContext context, CancellationToken cancellationToken);
}
