using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Investigations.Asking;

/// <summary>A joined result as it was made: all of its rows, before a budget cuts it.</summary>
internal sealed record View(ReadOnlyMemory<byte> Json, IReadOnlyList<ToolAttachment> Pictures)
{
    /// <param name="mostTokens">Tokens of a model that the caller wants to spend at most, counted as four bytes each.</param>
    public ToolContent Content(int? mostTokens) => ToolContent.FromJson(Json, Pictures) is var content && mostTokens is { } tokens ? content.Within(tokens * 4) : content;
}
