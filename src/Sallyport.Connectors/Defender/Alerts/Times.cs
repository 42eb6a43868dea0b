using System.Globalization;

namespace Sallyport.Connectors.Defender.Alerts;

/// <summary>Compares times as the platform writes them, with however many digits.</summary>
internal static class Times
{
    public static readonly IComparer<string?> NewestLast = Comparer<string?>.Create(static (left, right) => Read(left).CompareTo(Read(right)));

    private static DateTimeOffset Read(string? text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue;
}
