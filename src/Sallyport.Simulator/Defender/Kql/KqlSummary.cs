namespace Sallyport.Simulator.Defender.Kql;

/// <summary>The summarize operator: aggregates by group.</summary>
internal sealed class KqlSummary(KqlReader reader, HuntTable table, KqlScope scope)
{
    private readonly List<(HuntColumn Column, Func<IReadOnlyList<object?[]>, object?> Of)> _aggregates = [];
    private readonly List<(HuntColumn Column, KqlFormula Formula)> _groups = [];

    public HuntTable Read()
    {
        if (!reader.Is("by"))
        {
            do
                Aggregate();
            while (reader.Accept(","));
        }
        if (reader.Accept("by"))
        {
            do
                Group();
            while (reader.Accept(","));
        }
        IReadOnlyList<HuntColumn> columns = [.. _groups.Select(static group => group.Column), .. _aggregates.Select(static aggregate => aggregate.Column)];
        return new(columns, Rows());
    }

    private IEnumerable<object?[]> Rows()
    {
        if (_groups.Count == 0)
        {
            var all = table.Rows.ToList();
            return [[.. _aggregates.Select(aggregate => aggregate.Of(all))]];
        }
        return table.Rows
            .Select(row => (Row: row, Key: _groups.Select(group => group.Formula.Of(row)).ToArray()))
            .GroupBy(static entry => string.Join('\u001F', entry.Key.Select(KqlValue.Text)))
            .Select(group =>
            {
                var rows = group.Select(static entry => entry.Row).ToList();
                return group.First().Key.Concat(_aggregates.Select(aggregate => aggregate.Of(rows))).ToArray();
            });
    }

    private string? Given()
    {
        if (reader.Peek.Kind != WordKind.Name || !reader.IsFollowedBy("="))
            return null;
        var name = reader.Name();
        reader.Expect("=");
        return name;
    }

    private void Group()
    {
        var given = Given();
        var formula = new KqlExpression(reader, table, scope, "summarize").Read();
        _groups.Add((new(given ?? formula.Column ?? $"Column{_groups.Count + 1}", formula.Type), formula));
    }

    private void Aggregate()
    {
        var given = Given();
        var function = reader.Name().ToLowerInvariant();
        reader.Expect("(");
        var formula = reader.Is(")") ? null : new KqlExpression(reader, table, scope, "summarize").Read();
        reader.Expect(")");
        object? Value(object?[] row) => (formula ?? throw new KqlRefusal($"Semantic error: '{function}' takes an argument.")).Of(row);
        var name = given ?? (formula?.Column is { } column ? $"{function}_{column}" : $"{function}_");
        Func<IReadOnlyList<object?[]>, object?> of = function switch
        {
            "count" => static rows => (long)rows.Count,
            "countif" => rows => (long)rows.Count(row => KqlValue.IsTrue(Value(row))),
            "dcount" => rows => (long)rows.Select(row => KqlValue.Text(Value(row))).Distinct().Count(),
            "min" => rows => rows.Select(Value).Min(Comparer<object?>.Create(KqlValue.Compare)),
            "max" => rows => rows.Select(Value).Max(Comparer<object?>.Create(KqlValue.Compare)),
            "sum" => rows => rows.Sum(row => Value(row) as long? ?? 0),
            _ => throw new KqlRefusal($"Unknown function: '{function}'."),
        };
        _aggregates.Add((new(name, function is "min" or "max" ? formula?.Type ?? "Object" : "Int64"), of));
    }
}
