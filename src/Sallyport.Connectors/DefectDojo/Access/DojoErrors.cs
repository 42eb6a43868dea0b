using System.Net;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.DefectDojo.Access;

/// <summary>Turns the platform's seven shapes of refusal into our words; nothing of their text is passed on.</summary>
internal static class DojoErrors
{
    private const int MaxBody = 16 * 1024;

    private static readonly TimeSpan WaitIfUnsaid = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(300);

    /// <summary>A refused key is a 403 here, told from a missing permission by these texts alone.</summary>
    private static readonly string[] AboutKeys =
        ["Authentication credentials were not provided.", "Invalid token.", "User inactive or deleted.", "Invalid token header."];

    public static async Task<UpstreamException> ReadAsync(UpstreamResponse response, string kind, bool isWrite, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = (int)response.Status;
        var body = await response.ReadErrorAsync(MaxBody, cancellationToken);
        return response.Status switch
        {
            HttpStatusCode.Unauthorized => Keys(status),
            HttpStatusCode.Forbidden when IsAboutKeys(body) => Keys(status),
            HttpStatusCode.Forbidden => new UpstreamException(UpstreamFailure.Forbidden, "Permission denied (HTTP 403): DefectDojo does not let this key do that.")
            {
                Hint = "Ask the operator which products the key's user belongs to.",
            },
            HttpStatusCode.NotFound => new UpstreamException(UpstreamFailure.NotFound, $"DefectDojo knows no {kind}, or does not show it to this key.")
            {
                Hint = "Check the id with the matching list tool.",
            },
            HttpStatusCode.BadRequest when IsTakenName(body) => Exists(),
            HttpStatusCode.Conflict => Exists(),
            HttpStatusCode.BadRequest => new UpstreamException(UpstreamFailure.Rejected, "Invalid request (HTTP 400): DefectDojo refused the content.")
            {
                Hint = "Check the arguments against the tool's description, and that the objects they name exist.",
            },
            HttpStatusCode.TooManyRequests => Throttled(response.RetryAfter(time)),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout when isWrite => new UpstreamException(
                UpstreamFailure.OutcomeUnknown, $"A proxy gave up waiting for DefectDojo (HTTP {status}); the change may still happen.")
            { Hint = "Read the object before trying again." },
            _ => StatusFailures.ToException("DefectDojo", response.Status, response.RetryAfter(time)),
        };
    }

    private static UpstreamException Keys(int status) => new(UpstreamFailure.Auth, $"Authentication with DefectDojo failed (HTTP {status}).")
    {
        Hint = "Ask the operator to check this tenant's keys.",
    };

    /// <summary>DefectDojo itself has no limits: this is a proxy's, and may say anything or nothing about how long.</summary>
    private static UpstreamException Throttled(TimeSpan? asked)
    {
        var wait = asked is not { } said ? WaitIfUnsaid : said < LongestWait ? said : LongestWait;
        return new UpstreamException(UpstreamFailure.Throttled, $"DefectDojo is throttling us (HTTP 429). Retry-After: {Math.Ceiling(wait.TotalSeconds)}s.") { RetryAfter = wait, Hint = "Wait, then ask for less at a time." };
    }

    private static UpstreamException Exists() => new(UpstreamFailure.Conflict, "Already exists: DefectDojo has an object with this name.") { Hint = "Look for it with the matching list tool." };

    private static bool IsAboutKeys(byte[] body)
        => Parse(body) is { } error && error.Text("detail") is { } detail && AboutKeys.Any(text => detail.StartsWith(text, StringComparison.Ordinal));

    private static bool IsTakenName(byte[] body)
        => Parse(body) is { } error && error.Items("name").Any(text => text.ValueKind == JsonValueKind.String && text.GetRawText().Contains("already exists", StringComparison.Ordinal));

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
