using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Tests.Gateway.Shaping;

/// <summary>Makes platform answers of every shape from a seed. Their text is clean, so that shaping has nothing to remove.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Alphabet =
        ["a", "Z", "0", " ", "é", "ß", "漢", "字", "א", "م", "😀", "🦊", "\n", "\t", "\"", "\\", "/", "<", "'", "&", "\u2028", "…[+7 chars]", "name", "untrusted"];

    private static readonly string[] Names = ["id", "name", "title", "a", "b", "a.b", "tags", "description", "count", "ü", "quo\"te", "notes"];

    private readonly Random _random = new(seed);

    public int Below(int limit) => _random.Next(limit);

    /// <summary>An answer with rows: <c>items</c> between other members, or a bare array.</summary>
    public string Answer(int mostRows, int mostText)
    {
        var rows = new JsonArray([.. Enumerable.Range(0, Below(mostRows + 1)).Select(index => Row(index, mostText))]);
        if (Below(4) == 0)
            return Spell(rows);
        var answer = new JsonObject();
        for (var member = Below(3); member > 0; member--)
            answer["before" + member] = Value(2, mostText);
        answer["items"] = rows;
        for (var member = Below(3); member > 0; member--)
            answer["after" + member] = Value(2, mostText);
        return Spell(answer);
    }

    /// <summary>A text of up to so many letters from many scripts.</summary>
    public string Text(int most)
    {
        var text = new StringBuilder();
        for (var letters = Below(most + 1); letters > 0; letters--)
            text.Append(Alphabet[Below(Alphabet.Length)]);
        return text.ToString();
    }

    public JsonNode? Value(int depth, int mostText) => Below(depth > 0 ? 9 : 7) switch
    {
        0 => null,
        1 => Below(2) == 0,
        2 => JsonNode.Parse(_random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        3 => JsonNode.Parse("-1.500e-7"),
        4 or 5 or 6 => Text(mostText),
        7 => new JsonArray([.. Enumerable.Range(0, Below(5)).Select(_ => Value(depth - 1, mostText))]),
        _ => Object(depth - 1, mostText),
    };

    private JsonNode Row(int index, int mostText)
    {
        if (Below(20) == 0)
            return Text(mostText);
        var row = Object(3, mostText);
        row["row"] = index;
        return row;
    }

    private JsonObject Object(int depth, int mostText)
    {
        var made = new JsonObject();
        for (var member = Below(6); member > 0; member--)
            made[Names[Below(Names.Length)]] = Value(depth, mostText);
        return made;
    }

    // Blanks and needless escapes vary, since platforms do.
    private string Spell(JsonNode node) => node.ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = Below(2) == 0,
        Encoder = Below(2) == 0 ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default,
    });
}
