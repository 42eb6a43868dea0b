using System.Globalization;
using System.Text;

namespace Sallyport.Connectors.Defender.Alerts;

/// <summary>Builds the OData filter of a list from values that are words of ours or times; no text of a caller goes in unquoted.</summary>
internal sealed class ListFilter(bool isLegacy)
{
    private readonly StringBuilder _text = new();

    public string? Text => _text.Length == 0 ? null : _text.ToString();

    /// <summary>Graph's own words begin with a small letter.</summary>
    public ListFilter Word(string member, string? word)
        => word is null ? this : And($"{member} eq '{(isLegacy ? word : Vocabulary.ToGraph(word))}'");

    public ListFilter Quoted(string member, string? text)
        => text is null ? this : And($"{member} eq '{text.Replace("'", "''", StringComparison.Ordinal)}'");

    public ListFilter Time(string member, string comparison, string? time) => time is null ? this : And(string.Create(
        CultureInfo.InvariantCulture,
        $"{member} {comparison} {DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal):yyyy-MM-ddTHH:mm:ss.fffffffZ}"));

    public string Query(int top, string expand = "")
        => string.Create(CultureInfo.InvariantCulture, $"?$top={top}") + (Text is { } text ? $"&$filter={Uri.EscapeDataString(text)}" : "") + expand;

    private ListFilter And(string term)
    {
        _text.Append(_text.Length == 0 ? "" : " and ").Append(term);
        return this;
    }
}
