namespace Sallyport.Simulator.Defender.Kql;

/// <summary>The join operator: rows of two tables that have the same value in one column, or also the left ones that have no partner.</summary>
internal sealed class KqlJoin(KqlReader reader, HuntTable table, Func<HuntTable> pipeline)
{
    public HuntTable Read()
    {
        var kind = "innerunique";
        if (reader.Accept("kind"))
        {
            reader.Expect("=");
            kind = reader.Name().ToLowerInvariant();
        }
        reader.Expect("(");
        var other = pipeline();
        reader.Expect(")");
        reader.Expect("on");
        var key = reader.Name();
        var (left, right) = (Column(table, key), Column(other, key));
        // A name that both have is told apart by a number on the right one's.
        var columns = table.Columns.Concat(other.Columns.Select(column => table.Find(column.Name) < 0 ? column : column with { Name = column.Name + "1" })).ToList();
        return kind switch
        {
            "inner" => new(columns, Rows(other, left, right, keepsLonely: false)),
            "leftouter" => new(columns, Rows(other, left, right, keepsLonely: true)),
            _ => throw new KqlRefusal($"Semantic error: this engine joins inner or leftouter, not '{kind}'."),
        };
    }

    private static int Column(HuntTable table, string key) => table.Find(key) is var at and >= 0 ? at
        : throw new KqlRefusal($"'join' operator: Failed to resolve column named '{key}'");

    private IEnumerable<object?[]> Rows(HuntTable other, int left, int right, bool keepsLonely)
    {
        var partners = other.Rows.ToLookup(row => KqlValue.Text(row[right]));
        var nobody = new object?[other.Columns.Count];
        return table.Rows.SelectMany(row => partners[KqlValue.Text(row[left])].DefaultIfEmpty(nobody).Where(partner => keepsLonely || partner != nobody).Select(partner => row.Concat(partner).ToArray()));
    }
}
