namespace Sallyport.Simulator.Defender.Kql;

/// <summary>A column of a hunting table.</summary>
internal sealed record HuntColumn(string Name, string Type);

/// <summary>Columns and rows, worked out as they are read.</summary>
internal sealed record HuntTable(IReadOnlyList<HuntColumn> Columns, IEnumerable<object?[]> Rows)
{
    public int Find(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
                return i;
        }
        return -1;
    }
}

/// <summary>A query that the engine does not take, with what it says about it.</summary>
internal sealed class KqlRefusal(string message) : Exception(message);
