using System.Globalization;
using System.Text.Json;

namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>Watches in which direction a list really is sorted, because the platform's documents disagree on what a minus sign does.</summary>
internal sealed class ObservedOrder(string member)
{
    private string? _last;
    private bool _rises;
    private bool _falls;

    public void See(ReadOnlySpan<byte> row)
    {
        if (JsonMember.Text(row, member) is not { } value)
            return;
        var order = _last is null ? 0 : Compare(_last, value);
        (_rises, _falls, _last) = (_rises || order < 0, _falls || order > 0, value);
    }

    /// <summary>Says nothing when no two rows differ.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (_rises || _falls)
            json.WriteString("ordering_observed", _rises && _falls ? "mixed" : _rises ? "ascending" : "descending");
    }

    private static int Compare(string left, string right)
        => decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
}
