using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>Writes JSON answers of the plain endpoints, failures in the one shape that every road uses.</summary>
internal static class Answers
{
    public static Task JsonAsync(HttpContext http, int status, ReadOnlyMemory<byte> utf8)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = utf8.Length;
        return http.Response.Body.WriteAsync(utf8, http.RequestAborted).AsTask();
    }

    public static Task ErrorAsync(HttpContext http, int status, ToolError error)
        => JsonAsync(http, status, ErrorJson.ToUtf8(error));

    /// <summary>The status by which scripts tell outcomes apart.</summary>
    public static int StatusOf(ToolOutcome outcome) => outcome.Problem?.Code switch
    {
        null => StatusCodes.Status200OK,
        ErrorCode.InvalidArguments or ErrorCode.TenantRequired or "upstream_rejected" => StatusCodes.Status400BadRequest,
        ErrorCode.Forbidden or ErrorCode.ToolDisabled or ErrorCode.ReadOnly or "upstream_forbidden" => StatusCodes.Status403Forbidden,
        ErrorCode.UnknownTool or ErrorCode.TenantUnknown or "upstream_not_found" => StatusCodes.Status404NotFound,
        ErrorCode.ApprovalRequired or "upstream_conflict" => StatusCodes.Status409Conflict,
        ErrorCode.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.RateLimited or "upstream_throttled" => StatusCodes.Status429TooManyRequests,
        ErrorCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        ErrorCode.CircuitOpen or ErrorCode.AuditUnavailable or "upstream_unavailable" => StatusCodes.Status503ServiceUnavailable,
        "upstream_timeout" => StatusCodes.Status504GatewayTimeout,
        "upstream_auth" or "upstream_invalid_response" or "outcome_unknown" => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status500InternalServerError,
    };
}
