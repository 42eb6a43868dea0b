namespace Sallyport.Simulator.Defender.Kql;

/// <summary>What can follow a bar in a query.</summary>
internal sealed class KqlOperators(KqlReader reader, HuntTable table, KqlScope scope, Func<HuntTable> pipeline)
{
    public HuntTable Apply()
    {
        var name = reader.Name().ToLowerInvariant();
        return name switch
        {
            "where" or "filter" => Where(),
            "project" => Project(name, isExtension: false),
            "extend" => Project(name, isExtension: true),
            "take" or "limit" => Take(),
            "top" => Top(),
            "sort" or "order" => Sort(),
            "count" => new([new("Count", "Int64")], [[(long)table.Rows.Count()]]),
            "distinct" => Distinct(),
            "getschema" => Schema(),
            "summarize" => new KqlSummary(reader, table, scope).Read(),
            "union" => Union(),
            "join" => new KqlJoin(reader, table, pipeline).Read(),
            _ => throw new KqlRefusal($"Syntax error: unknown operator '{name}'."),
        };
    }

    /// <summary><c>name = expression</c> or a column, separated by commas; after extend the other columns stay.</summary>
    public HuntTable Project(string operation, bool isExtension)
    {
        var columns = isExtension ? table.Columns.ToList() : [];
        var formulas = isExtension ? table.Columns.Select((_, i) => (Func<object?[], object?>)(row => row[i])).ToList() : [];
        do
        {
            var given = reader.Peek.Kind == WordKind.Name && reader.IsFollowedBy("=") ? reader.Name() : null;
            if (given is not null)
                reader.Expect("=");
            var formula = new KqlExpression(reader, table, scope, operation).Read();
            var column = new HuntColumn(given ?? formula.Column ?? $"Column{columns.Count + 1}", formula.Type);
            if (columns.FindIndex(known => known.Name == column.Name) is var at and >= 0)
                (columns[at], formulas[at]) = (column, formula.Of);
            else
            {
                columns.Add(column);
                formulas.Add(formula.Of);
            }
        }
        while (reader.Accept(","));
        return new(columns, table.Rows.Select(row => formulas.Select(formula => formula(row)).ToArray()));
    }

    public HuntTable Union()
    {
        var parts = new List<HuntTable>();
        if (table.Columns.Count > 0)
            parts.Add(table);
        do
        {
            if (reader.Accept("("))
            {
                parts.Add(pipeline());
                reader.Expect(")");
            }
            else
            {
                parts.Add(scope.Table(reader.Name()));
            }
        }
        while (reader.Accept(","));
        var columns = parts.SelectMany(static part => part.Columns).DistinctBy(static column => column.Name).ToList();
        return new(columns, parts.SelectMany(part =>
        {
            var from = columns.Select(column => part.Find(column.Name)).ToArray();
            return part.Rows.Select(row => from.Select(at => at < 0 ? null : row[at]).ToArray());
        }));
    }

    /// <summary>The columns themselves as rows, with their types as the query language names them.</summary>
    private HuntTable Schema() => new(
        [new("ColumnName", "String"), new("ColumnOrdinal", "Int32"), new("DataType", "String"), new("ColumnType", "String")],
        table.Columns.Select((column, at) => (object?[])[column.Name, at, $"System.{column.Type}", column.Type switch { "Int64" => "long", "Int32" => "int", _ => column.Type.ToLowerInvariant() }]));

    private HuntTable Where()
    {
        var condition = new KqlExpression(reader, table, scope, "where").Read();
        return table with { Rows = table.Rows.Where(row => KqlValue.IsTrue(condition.Of(row))) };
    }

    private HuntTable Take()
    {
        var count = reader.Count();
        return table with { Rows = table.Rows.Take(count) };
    }

    private HuntTable Top()
    {
        var count = reader.Count();
        reader.Expect("by");
        return table with { Rows = Ordered("top").Take(count) };
    }

    private HuntTable Sort()
    {
        reader.Expect("by");
        return table with { Rows = Ordered("sort") };
    }

    /// <summary>Largest first unless told otherwise.</summary>
    private IOrderedEnumerable<object?[]> Ordered(string operation)
    {
        IOrderedEnumerable<object?[]>? ordered = null;
        var comparer = Comparer<object?>.Create(KqlValue.Compare);
        do
        {
            var formula = new KqlExpression(reader, table, scope, operation).Read();
            var isAscending = reader.Accept("asc");
            if (!isAscending)
                reader.Accept("desc");
            ordered = (ordered, isAscending) switch
            {
                (null, true) => table.Rows.OrderBy(formula.Of, comparer),
                (null, false) => table.Rows.OrderByDescending(formula.Of, comparer),
                ({ } before, true) => before.ThenBy(formula.Of, comparer),
                ({ } before, false) => before.ThenByDescending(formula.Of, comparer),
            };
        }
        while (reader.Accept(","));
        return ordered;
    }

    private HuntTable Distinct()
    {
        var chosen = Project("distinct", isExtension: false);
        return chosen with { Rows = chosen.Rows.DistinctBy(static row => string.Join('\u001F', row.Select(KqlValue.Text))) };
    }
}
