using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Sallyport.Core.Schemas;

/// <summary>The formats of JSON Schema that our tools use, checked strictly.</summary>
public static partial class TextFormat
{
    public const string Uuid = "uuid";
    public const string Date = "date";
    public const string DateTime = "date-time";
    public const string IpAddress = "ip-address";
    public const string Uri = "uri";

    private static readonly string[] DateTimeForms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static bool IsValid(string format, string text) => format switch
    {
        Uuid => Guid.TryParseExact(text, "D", out _),
        Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        DateTime => DateTimeOffset.TryParseExact(text, DateTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            || IsValid(Date, text),
        IpAddress => IsIpAddress(text),
        Uri => System.Uri.TryCreate(text, UriKind.Absolute, out _),
        _ => throw new NotSupportedException($"Format '{format}' is not checked, so it must not be shown."),
    };

    internal static bool IsMatch(Regex pattern, string text)
    {
        try
        {
            var match = pattern.Match(text);
            // '$' tolerates a line end after the last character; a value that is longer than its match does not pass.
            return match.Success && !(text.EndsWith('\n') && match.Index + match.Length < text.Length);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>IPAddress.Parse also reads "10.1", "010.0.0.1" and "0x7f000001"; nobody types those by accident.</summary>
    private static bool IsIpAddress(string text)
        => DottedQuad().IsMatch(text) || (text.Contains(':', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(text, out _));

    [GeneratedRegex(@"\A((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(?!\z)|\z)){4}\z")]
    private static partial Regex DottedQuad();
}
