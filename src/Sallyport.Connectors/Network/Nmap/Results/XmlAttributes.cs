using System.Globalization;
using System.Xml;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>Attributes of the element a reader stands on, cleaned and trimmed; what is missing, empty or no number is null.</summary>
internal static class XmlAttributes
{
    public static string? Text(this XmlReader reader, string name)
        => reader.GetAttribute(name) is { } value && CleanText.From(value).Trim() is { Length: > 0 } text ? text : null;

    public static int? Number(this XmlReader reader, string name)
        => int.TryParse(reader.GetAttribute(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static double? Decimal(this XmlReader reader, string name)
        => double.TryParse(reader.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>Seconds since 1970 as UTC.</summary>
    public static DateTime? Time(this XmlReader reader, string name)
        => long.TryParse(reader.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LastSecond
            ? DateTime.UnixEpoch.AddSeconds(seconds)
            : null;

    /// <summary>Steps through the elements directly below the one the reader stands on, and leaves it on that element's end.</summary>
    public static IEnumerable<string> Children(this XmlReader reader)
    {
        if (reader.IsEmptyElement) yield break;
        var parent = reader.Depth;
        while (reader.Read() && reader.Depth > parent)
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == parent + 1)
                yield return reader.LocalName;
    }

    /// <summary>Year 9999; DateTime knows no later one.</summary>
    private const long LastSecond = 253_402_300_799;
}
