using System.Text;
using System.Text.Json;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Drift;

/// <summary>Says where ESET's descriptions of its services and our table of operations disagree.</summary>
internal static class EsetDrift
{
    /// <summary>How a report ends that has nothing to report.</summary>
    public const string NoDifference = "no difference.\n";

    /// <summary>Operations that are deliberately not offered as tools: tokens are the gate's business, never a model's.</summary>
    private static readonly HashSet<string> NotOffered = ["business-account POST /oauth/token"];

    public static IReadOnlyList<Difference> Compare(IReadOnlyList<Tool> tools, IEnumerable<SpecDocument> documents)
    {
        List<Difference> differences = [];
        var rows = tools.Where(tool => tool.Operation is not null).ToDictionary(tool => Name(tool.Operation!), StringComparer.Ordinal);
        foreach (var operation in documents.SelectMany(document => document.Operations))
        {
            if (NotOffered.Contains(operation.Name))
                continue;
            if (rows.Remove(operation.Name, out var tool))
                Members(differences, operation.Document, operation.Name, [.. operation.Members], tool.Input.Root);
            else
                differences.Add(new(DifferenceKind.Operation, operation.Name, "is new"));
        }

        differences.AddRange(rows.Keys.Select(name => new Difference(DifferenceKind.Operation, name, "is gone")));
        return differences;
    }

    /// <summary>One line per difference that needs a change of ours; what we demand beyond the descriptions is our own choice.</summary>
    public static string Report(IReadOnlyList<Tool> tools, IReadOnlyCollection<SpecDocument> documents)
    {
        var lines = Compare(tools, documents).Where(difference => difference.Kind != DifferenceKind.RequiredHere).ToList();
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line).Append('\n');
        return text.Append(lines.Count == 0
            ? $"{documents.Sum(document => document.Operations.Count())} operations, {NoDifference}"
            : $"{lines.Count} differences.\n").ToString();
    }

    private static string Name(RestOperation operation) => $"{operation.Service} {operation.Method} {operation.Template}";

    private static void Members(List<Difference> differences, SpecDocument document, string where, IReadOnlyList<SpecMember> theirs, SchemaNode ours)
    {
        foreach (var member in theirs)
        {
            var at = $"{where} {member.Name}";
            if (!ours.Properties.TryGetValue(member.Name, out var node))
            {
                if (!(member.Name == "@type" && ours.Unlisted is not null))
                    differences.Add(new(DifferenceKind.Member, at, "is new"));
                continue;
            }

            var required = ours.Required.Contains(member.Name, StringComparer.Ordinal);
            if (member.IsRequired && !required)
                differences.Add(new(DifferenceKind.RequiredThere, at, "is required"));
            if (required && !member.IsRequired)
                differences.Add(new(DifferenceKind.RequiredHere, at, "is required here only"));
            Value(differences, document, at, member.Schema, node);
        }

        differences.AddRange(ours.Properties.Keys.Except(theirs.Select(member => member.Name), StringComparer.Ordinal)
            .Select(name => new Difference(DifferenceKind.Member, $"{where} {name}", "is gone or read-only")));
    }

    private static void Value(List<Difference> differences, SpecDocument document, string at, JsonElement theirs, SchemaNode ours)
    {
        var type = Text(theirs, "type") ?? "object";
        if (Kind(type) is var kind && (ours.Kinds & kind) == 0)
        {
            differences.Add(new(DifferenceKind.Type, at, $"is now {type}"));
            return;
        }

        switch (kind)
        {
            case SchemaKind.Array when theirs.TryGetProperty("items", out var items):
                Value(differences, document, $"{at}[]", document.Resolve(items), ours.Items ?? ours);
                break;
            case SchemaKind.Object when theirs.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object && ours.Unlisted is { } unlisted:
                Value(differences, document, $"{at}{{}}", document.Resolve(each), unlisted);
                break;
            case SchemaKind.Object:
                Members(differences, document, at, [.. SpecMember.Of(document, theirs)], ours);
                break;
            case SchemaKind.String:
                Words(differences, at, theirs, ours);
                break;
            case SchemaKind.Integer when Number(theirs, "minimum") != ours.Minimum || Number(theirs, "maximum") != ours.Maximum:
                differences.Add(new(DifferenceKind.Type, at, $"is now from {Number(theirs, "minimum")} to {Number(theirs, "maximum")}"));
                break;
        }
    }

    private static void Words(List<Difference> differences, string at, JsonElement theirs, SchemaNode ours)
    {
        var values = theirs.TryGetProperty("enum", out var list) ? list.EnumerateArray().Select(value => value.GetRawText()).ToList() : [];
        var known = ours.Enum ?? [];
        differences.AddRange(values.Except(known, StringComparer.Ordinal).Select(value => new Difference(DifferenceKind.Value, at, $"may now be {value}")));
        differences.AddRange(known.Except(values, StringComparer.Ordinal).Select(value => new Difference(DifferenceKind.Value, at, $"can no longer be {value}")));
        var format = Text(theirs, "format") is TextFormat.Uuid or TextFormat.DateTime ? Text(theirs, "format") : null;
        if (format != ours.Format)
            differences.Add(new(DifferenceKind.Type, at, $"has now the format {format ?? "of any text"}"));
        // A format or a list of words bounds the length already.
        if (format is null && values.Count == 0 && Number(theirs, "maxLength") != ours.MaxLength)
            differences.Add(new(DifferenceKind.Type, at, $"has now at most {Number(theirs, "maxLength")} characters"));
    }

    private static SchemaKind Kind(string type) => type switch
    {
        "object" => SchemaKind.Object,
        "array" => SchemaKind.Array,
        "integer" => SchemaKind.Integer,
        "number" => SchemaKind.Number,
        "boolean" => SchemaKind.Boolean,
        _ => SchemaKind.String,
    };

    private static string? Text(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) ? value.GetString() : null;

    private static decimal? Number(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) ? value.GetDecimal() : null;
}
