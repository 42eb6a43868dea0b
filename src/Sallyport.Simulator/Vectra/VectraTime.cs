using System.Globalization;

namespace Sallyport.Simulator.Vectra;

/// <summary>Times as this API writes and reads them.</summary>
internal static class VectraTime
{
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>With fractions, as notes are dated.</summary>
    public static string FineText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time without an offset is read as UTC.</summary>
    public static bool TryRead(string text, out DateTimeOffset time)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
