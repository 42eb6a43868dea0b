using Sallyport.Core;

namespace Sallyport.Gateway.Pipeline;

/// <summary>The words by which callers, audit and metrics know what went wrong. Renaming one breaks scripts.</summary>
public static class ErrorCode
{
    public const string UnknownTool = "unknown_tool";
    public const string InvalidArguments = "invalid_arguments";
    public const string Forbidden = "forbidden";
    public const string ToolDisabled = "tool_disabled";
    public const string ReadOnly = "read_only";
    public const string RateLimited = "rate_limited";
    public const string ApprovalRequired = "approval_required";
    public const string ApprovalUnavailable = "approval_unavailable";
    public const string TenantRequired = "tenant_required";
    public const string TenantUnknown = "tenant_unknown";
    public const string CircuitOpen = "circuit_open";
    public const string TooLarge = "too_large";
    public const string Cancelled = "cancelled";
    public const string Internal = "internal";
    public const string AuditUnavailable = "audit_unavailable";

    public static string Of(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Auth => "upstream_auth",
        UpstreamFailure.Forbidden => "upstream_forbidden",
        UpstreamFailure.NotFound => "upstream_not_found",
        UpstreamFailure.Rejected => "upstream_rejected",
        UpstreamFailure.Conflict => "upstream_conflict",
        UpstreamFailure.Throttled => "upstream_throttled",
        UpstreamFailure.Timeout => "upstream_timeout",
        UpstreamFailure.Unavailable => "upstream_unavailable",
        UpstreamFailure.InvalidResponse => "upstream_invalid_response",
        UpstreamFailure.TooLarge => TooLarge,
        UpstreamFailure.OutcomeUnknown => "outcome_unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "A failure without a code."),
    };
}
