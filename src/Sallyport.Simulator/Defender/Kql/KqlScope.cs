namespace Sallyport.Simulator.Defender.Kql;

/// <summary>What a query can name: tables, and what its own let statements bound.</summary>
internal sealed class KqlScope(DateTimeOffset now, Func<string, HuntTable?> tables)
{
    private readonly Dictionary<string, HuntTable> _bound = new(StringComparer.Ordinal);

    public DateTimeOffset Now => now;

    public Dictionary<string, KqlFormula> Scalars { get; } = new(StringComparer.Ordinal);

    public bool Knows(string name) => _bound.ContainsKey(name) || tables(name) is not null;

    public void Bind(string name, HuntTable table) => _bound[name] = table with { Rows = [.. table.Rows] };

    public HuntTable Table(string name) => _bound.GetValueOrDefault(name) ?? tables(name)
        ?? throw new KqlRefusal($"Failed to resolve table or column expression named '{name}'");
}
