using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Defender.Access;

/// <summary>Turns an answer that is no success into our words: status, the platform's short code, the permission that is missing.</summary>
internal static class DefenderErrors
{
    private const int MaxBody = 16 * 1024;
    private const int MaxEngineText = 500;

    public static async Task<UpstreamException> ReadAsync(UpstreamResponse response, DefenderOperation operation, TimeProvider time, CancellationToken cancellationToken)
    {
        var plain = StatusFailures.ToException("Defender", response.Status, response.RetryAfter(time));
        var (code, message) = Parse(await response.ReadErrorAsync(MaxBody, cancellationToken));
        return response.Status switch
        {
            HttpStatusCode.BadRequest when operation.Service == DefenderService.Hunting => new UpstreamException(UpstreamFailure.Rejected, $"Defender's query engine refused the query: {message ?? "no reason given"}")
            {
                Hint = "Repair the query; unknown tables may also be ones this tenant has no licence for.",
            },
            HttpStatusCode.Forbidden => new UpstreamException(UpstreamFailure.Forbidden, plain.Message)
            {
                Hint = $"Ask the operator to grant the application permission {operation.Permission}.",
            },
            _ => code is null ? plain : new UpstreamException(plain.Failure, $"{plain.Message} Its code: {code}.") { Hint = plain.Hint, RetryAfter = plain.RetryAfter },
        };
    }

    private static (string? Code, string? Message) Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Member("error") is { ValueKind: JsonValueKind.Object } error
                ? (ShortCode(error.Text("code")), EngineText(error.Text("message")))
                : (null, null);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? ShortCode(string? code)
        => code is { Length: > 0 and <= 60 } && code.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.') ? code : null;

    /// <summary>The engine explains what is wrong with a query, in part by quoting it; what nobody sees is removed and blanks are joined.</summary>
    private static string? EngineText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var clean = new StringBuilder(MaxEngineText);
        // Before the cut, which would leave half of a secret that nobody finds.
        foreach (var rune in KnownSecrets.Redact(text).EnumerateRunes())
        {
            if (clean.Length >= MaxEngineText)
                return clean.Append('…').ToString();
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }
}
