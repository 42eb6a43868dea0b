namespace Sallyport.Connectors.Defender.Kql;

/// <summary>What a piece of a hunting query is.</summary>
internal enum KqlTokenKind
{
    Word,
    Number,
    String,
    Symbol,
}

/// <summary>One piece of a hunting query that is neither blank nor comment.</summary>
/// <param name="Text">As written; for strings what stands between the quotes, escapes and all.</param>
/// <param name="Start">Where it begins in the query.</param>
/// <param name="End">The first character after it.</param>
internal readonly record struct KqlToken(KqlTokenKind Kind, string Text, int Start, int End)
{
    public bool IsSymbol(string text) => Kind == KqlTokenKind.Symbol && Text == text;

    public bool IsWord(string text) => Kind == KqlTokenKind.Word && Text.Equals(text, StringComparison.OrdinalIgnoreCase);

    public bool Touches(KqlToken next) => End == next.Start;
}
