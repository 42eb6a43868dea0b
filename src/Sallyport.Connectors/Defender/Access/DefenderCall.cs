namespace Sallyport.Connectors.Defender.Access;

/// <summary>One operation with its id, query and body filled in.</summary>
/// <param name="Query">Empty, or <c>?name=value…</c> with values escaped.</param>
internal sealed record DefenderCall(DefenderOperation Operation, string? Id = null, string Query = "", byte[]? Body = null);
