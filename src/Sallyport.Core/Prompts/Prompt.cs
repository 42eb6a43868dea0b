namespace Sallyport.Core.Prompts;

/// <summary>A piece of work an analyst often starts, written out for a model.</summary>
/// <param name="Tools">Canonical names of the tools its text mentions; offered only to callers who have them all.</param>
/// <param name="Render">The single user message; throws <see cref="InvalidArgumentsException"/> for a bad argument.</param>
public sealed record Prompt(
    string Name,
    string Title,
    string Description,
    IReadOnlyList<PromptArgument> Arguments,
    IReadOnlyList<string> Tools,
    Func<IReadOnlyDictionary<string, string>, string> Render)
{
    /// <summary>The reference server's name for the same prompt; both resolve.</summary>
    public string? Alias { get; init; }
}

/// <summary>One value a prompt is filled in with; it arrives as text.</summary>
public sealed record PromptArgument(string Name, string Description, bool IsRequired = false);
