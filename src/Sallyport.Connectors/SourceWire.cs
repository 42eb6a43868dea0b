using System.Globalization;
using System.Net;
using System.Text.Json;
using Sallyport.Core.Sources;

namespace Sallyport.Connectors;

/// <summary>Reads what platforms say about hosts, users and alerts into the words that all of them share.</summary>
internal static class SourceWire
{
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> path)
        => element.Text(path) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    public static double? Number(this JsonElement element, params ReadOnlySpan<string> path)
        => element.Text(path) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static int? Whole(this JsonElement element, params ReadOnlySpan<string> path)
        => element.Number(path) is { } number and >= int.MinValue and <= int.MaxValue ? (int)Math.Round(number) : null;

    public static bool? Flag(this JsonElement element, string name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Null for a text that says nothing.</summary>
    public static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>Null for a list that says nothing.</summary>
    public static IReadOnlyList<T>? OrNull<T>(this IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;

    /// <summary>Lower case with colons, however it was written; null when it is no hardware address.</summary>
    public static string? Mac(string? text)
    {
        var digits = string.Concat((text ?? "").Where(char.IsAsciiHexDigit)).ToLowerInvariant();
        return digits.Length == 12 && digits != "000000000000" ? string.Join(':', digits.Chunk(2).Select(pair => new string(pair))) : null;
    }

    public static bool IsAddress(string? text, string wanted)
        => IPAddress.TryParse(text, out var address) && IPAddress.TryParse(wanted, out var other) && Plain(address).Equals(Plain(other));

    /// <summary>The part of a host's name before its domain; an address has no such part.</summary>
    public static string ShortName(string name) => IPAddress.TryParse(name, out _) ? name : name.Split('.')[0];

    /// <summary>Two names of one host: equal, or one is the other without its domain.</summary>
    public static bool IsSameName(string? name, string? other)
    {
        if (name.OrNull() is null || other.OrNull() is null)
            return false;
        if (name!.Equals(other, StringComparison.OrdinalIgnoreCase))
            return true;
        var isOneShort = !name.Contains('.', StringComparison.Ordinal) || !other!.Contains('.', StringComparison.Ordinal);
        return isOneShort && ShortName(name).Equals(ShortName(other!), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Two names of one user: equal, or one is the other without its domain.</summary>
    public static bool IsSameUser(string? name, string? other)
    {
        var (left, right) = (Account(name), Account(other));
        return left is not null && right is not null && (name!.Equals(other, StringComparison.OrdinalIgnoreCase)
            || ((!name.Contains('@', StringComparison.Ordinal) || !other!.Contains('@', StringComparison.Ordinal)) && left.Equals(right, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The account of <c>alice@contoso.example</c> and of <c>CONTOSO\alice</c>.</summary>
    public static string? Account(string? name) => name.OrNull() is { } text ? text[(text.LastIndexOf('\\') + 1)..].Split('@')[0].OrNull() : null;

    /// <summary>Platforms' words for how bad, with or without what stands in front of them: <c>SEVERITY_LEVEL_HIGH</c>, <c>high</c>.</summary>
    public static SourceSeverity Severity(string? word) => (word ?? "").Split('_')[^1].ToLowerInvariant() switch
    {
        "critical" => SourceSeverity.Critical,
        "high" => SourceSeverity.High,
        "medium" => SourceSeverity.Medium,
        "low" => SourceSeverity.Low,
        "informational" or "info" or "none" => SourceSeverity.Informational,
        _ => SourceSeverity.Unknown,
    };

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
