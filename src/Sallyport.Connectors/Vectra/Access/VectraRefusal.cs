using System.Net;
using System.Text;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Vectra.Access;

/// <summary>Turns a refusal into a failure: which right is missing, or what the platform says is wrong with the request.</summary>
internal static class VectraRefusal
{
    private const int MostBodyBytes = 16 << 10;
    private const int MostDetail = 300;

    public static async Task ThrowIfFailedAsync(UpstreamResponse response, string resource, bool isWrite, CancellationToken cancellationToken)
    {
        if (response.IsSuccess)
            return;
        var failure = StatusFailures.ToException("Vectra", response.Status, response.RetryAfter(TimeProvider.System));
        throw response.Status switch
        {
            HttpStatusCode.Forbidden => With(failure, failure.Message, $"The API client's role in Vectra must allow {(isWrite ? "changing" : "viewing")} {resource}."),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict
                when Detail(await response.ReadErrorAsync(MostBodyBytes, cancellationToken)) is { } detail
                => With(failure, $"{failure.Message} It says: {detail}", failure.Hint),
            _ => failure,
        };
    }

    /// <summary>The platform's own words, where it has them, reduced to plain printable ASCII.</summary>
    internal static string? Detail(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Find(document.RootElement) is { } text ? Plain(KnownSecrets.Redact(text)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Find(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var name in new[] { "detail", "details", "message" })
        {
            if (root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString();
        }

        if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0
            && errors[0].ValueKind == JsonValueKind.Object && errors[0].TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String)
            return title.GetString();
        return root.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
    }

    private static string? Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (plain.Length == MostDetail)
                break;
            if (letter is >= ' ' and <= '~')
                plain.Append(letter);
        }

        return plain.Length == 0 ? null : plain.ToString();
    }

    private static UpstreamException With(UpstreamException failure, string message, string? hint)
        => new(failure.Failure, message) { Hint = hint, RetryAfter = failure.RetryAfter };
}
