using System.Globalization;
using System.Text;
using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Connectors.DefectDojo.Access;

/// <summary>Builds queries of names the platform really knows: it ignores every other one and would answer unfiltered.</summary>
internal sealed class DojoQuery
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public DojoQuery Add(string name, string? value)
    {
        if (value is not null)
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public DojoQuery Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Only these two spellings count; 1, yes and TRUE are ignored upstream.</summary>
    public DojoQuery Add(string name, bool? value) => Add(name, value is { } flag ? flag ? "true" : "false" : null);

    /// <summary>One value, a list, or comma-separated text; each must pass.</summary>
    public DojoQuery AddList(string name, string argument, JsonElement? value, Func<string, bool> isValid, string allowed)
    {
        if (value is not { } given)
            return this;
        List<string?> items = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray().Select(One)] : One(given) is { } text ? [.. text.Split(',')] : [];
        if (items.Count == 0 || items.Exists(item => item is null || item.Contains(',', StringComparison.Ordinal) || !isValid(item.Trim())))
            throw new InvalidArgumentsException($"{argument}: {allowed}, as one value, a list, or comma-separated");
        return Add(name, string.Join(',', items.Select(item => item!.Trim())));
    }

    private static string? One(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
