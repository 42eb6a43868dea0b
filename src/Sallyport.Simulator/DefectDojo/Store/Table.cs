namespace Sallyport.Simulator.DefectDojo.Store;

/// <summary>All objects of one kind, by id.</summary>
/// <param name="kind">The kind as the platform spells it in its answers: Finding.</param>
internal sealed class Table(string kind)
{
    private readonly SortedDictionary<int, Row> _rows = [];
    private int _last;

    public string Kind => kind;

    public IEnumerable<Row> Rows => _rows.Values;

    public Row Add()
    {
        var row = new Row(++_last);
        _rows.Add(row.Id, row);
        return row;
    }

    public void Remove(Row row) => _rows.Remove(row.Id);

    public Row? Find(int? id) => id is { } known && _rows.TryGetValue(known, out var row) ? row : null;

    /// <summary>The object, or the platform's 404 for its kind.</summary>
    public Row Require(int? id) => Find(id) ?? throw DojoRefusal.Detail(404, $"No {kind} matches the given query.");
}
