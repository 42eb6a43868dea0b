namespace Sallyport.Simulator.Defender.Kql;

/// <summary>Walks over the pieces of a query.</summary>
internal sealed class KqlReader(List<KqlWord> words)
{
    private int _at;

    public KqlWord Peek => words[_at];

    public bool IsAtEnd => Peek.Kind == WordKind.End;

    public KqlWord Take() => words[IsAtEnd ? _at : _at++];

    public bool Is(string text) => Peek.Kind is WordKind.Name or WordKind.Sign && Peek.Text.Equals(text, StringComparison.OrdinalIgnoreCase);

    public bool IsFollowedBy(string text) => _at + 1 < words.Count && words[_at + 1].Kind == WordKind.Sign && words[_at + 1].Text == text;

    public bool Accept(string text)
    {
        if (!Is(text))
            return false;
        _at++;
        return true;
    }

    public void Expect(string text)
    {
        if (!Accept(text))
            throw new KqlRefusal($"Syntax error: expected '{text}' before '{Peek.Text}'.");
    }

    public string Name()
    {
        if (Peek.Kind != WordKind.Name)
            throw new KqlRefusal($"Syntax error: expected a name before '{Peek.Text}'.");
        return Take().Text;
    }

    public int Count()
    {
        if (Peek.Kind == WordKind.Number && int.TryParse(Peek.Text, out var count))
        {
            Take();
            return count;
        }
        throw new KqlRefusal($"Syntax error: expected a number before '{Peek.Text}'.");
    }
}
