using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.DefectDojo.Detection;

namespace Sallyport.Connectors.DefectDojo.Results;

/// <summary>Names the members of a result whose text reads like instructions to a model, and those from which the gate takes hidden characters.</summary>
internal sealed class TextReport
{
    private const int MostOfEach = 50;

    private static readonly HashSet<string> Untrusted = new(Members.Untrusted, StringComparer.Ordinal);

    private readonly List<string> _instructionLike = [];
    private readonly List<string> _sanitized = [];

    public IReadOnlyList<string> InstructionLike => _instructionLike;

    public IReadOnlyList<string> Sanitized => _sanitized;

    public static TextReport Of(JsonObject result)
    {
        var report = new TextReport();
        report.Search(result, "", isUntrusted: false);
        return report;
    }

    private void Search(JsonNode? node, string path, bool isUntrusted)
    {
        switch (node)
        {
            // Inside an untrusted member a stranger chose the names too; they may even be there twice.
            case JsonObject when isUntrusted:
                Look(Texts(node.ToJsonString()), path, isUntrusted: true);
                break;
            case JsonObject members:
                foreach (var (name, value) in members)
                    Search(value, path.Length == 0 ? name : $"{path}.{name}", Untrusted.Contains(name));
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Search(items[i], $"{path}[{i}]", isUntrusted);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Look(value.GetValue<string>(), path, isUntrusted);
                break;
        }
    }

    private void Look(string text, string path, bool isUntrusted)
    {
        if (isUntrusted && _instructionLike.Count < MostOfEach && InstructionDetector.Find(text) is not null)
            _instructionLike.Add(path);
        if (_sanitized.Count < MostOfEach && text.EnumerateRunes().Any(IsHidden))
            _sanitized.Add(path);
    }

    private static bool IsHidden(Rune rune) => rune.Value is not ('\n' or '\t' or '\r') && (rune.Value is >= 0xE0100 and <= 0xE01EF
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>The JSON, and behind it every name and text in it as a reader would see it, each on a line of its own.</summary>
    private static string Texts(string json)
    {
        var texts = new StringBuilder(json);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                texts.Append('\n').Append(reader.GetString());
        }

        return texts.ToString();
    }
}
