using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Eset.Execution;

/// <summary>Says what an error of ESET means for the caller, with the id by which ESET's support finds the request.</summary>
internal static class EsetFailures
{
    public const string RequestIdHeader = "request-id";

    public static void ThrowIfFailed(UpstreamResponse response, TimeProvider time)
    {
        if (response.IsSuccess && response.Status != System.Net.HttpStatusCode.Accepted)
            return;
        var plain = StatusFailures.ToException("ESET", response.Status, response.RetryAfter(time));
        var message = ResponseId.Of(response.Headers, RequestIdHeader) is { } id ? $"{plain.Message} ESET's request id: {id}." : plain.Message;
        throw new UpstreamException(plain.Failure, message) { RetryAfter = plain.RetryAfter, Hint = Hint(plain) };
    }

    private static string? Hint(UpstreamException plain) => plain.Failure switch
    {
        UpstreamFailure.Rejected => "Check the arguments; ESET also answers 400 when the account may not see what they name.",
        UpstreamFailure.Forbidden => "The API account lacks a permission: see Permission Sets in ESET PROTECT Hub.",
        UpstreamFailure.NotFound => "Check the uuid with the matching list tool. A PROTECT console offers only a part of the cloud's services.",
        UpstreamFailure.Conflict => "It exists already, or changed meanwhile: read it again, then decide.",
        UpstreamFailure.Throttled => "ESET allows 10 requests a second per account and address. Wait, then ask for less at a time.",
        _ => plain.Hint,
    };
}
