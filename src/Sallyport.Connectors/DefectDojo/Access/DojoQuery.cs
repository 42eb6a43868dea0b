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

    /// <summary>Text that the platform looks for; blanks alone it would ignore, and answer unfiltered.</summary>
    public DojoQuery AddText(string name, string? value)
        => value is not null && string.IsNullOrWhiteSpace(value) ? throw new InvalidArgumentsException($"{name}: must not be blank") : Add(name, value);

    /// <summary>One value, a list, or comma-separated text, as the schema allows them.</summary>
    public DojoQuery AddList(string name, JsonElement? value)
        => value is { } given && given.ValueKind != JsonValueKind.Null
            ? Add(name, string.Join(',', given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().Select(static item => item.ToString()) : given.ToString().Split(',', StringSplitOptions.TrimEntries)))
            : this;

    /// <summary>Ids: those that no object can have are refused here, where the platform would answer an error that says nothing.</summary>
    public DojoQuery AddIds(string name, string argument, JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Split(',').Any(static id => !int.TryParse(id, CultureInfo.InvariantCulture, out _)))
            throw new InvalidArgumentsException($"{argument}: ids are from 1 to {int.MaxValue}");
        return AddList(name, value);
    }
}
