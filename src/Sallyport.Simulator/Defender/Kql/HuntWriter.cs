using System.Text.Json;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Defender.Kql;

/// <summary>Writes a hunt's answer.</summary>
internal static class HuntWriter
{
    public static byte[] Write(HuntTable table, int mostRows, (string Schema, string Results, string Name, string Type) names)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, Answer.Raw);
        json.WriteStartObject();
        json.WriteString("@odata.context", "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.huntingQueryResults");
        json.WriteStartArray(names.Schema);
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString(names.Name, column.Name);
            json.WriteString(names.Type, column.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray(names.Results);
        foreach (var row in table.Rows.Take(mostRows))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
                Write(json, table.Columns[i].Name, row[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case long number: json.WriteNumber(name, number); break;
            case double number: json.WriteNumber(name, number); break;
            case bool truth: json.WriteNumber(name, truth ? 1 : 0); break;
            default: json.WriteString(name, KqlValue.Text(value)); break;
        }
    }
}
