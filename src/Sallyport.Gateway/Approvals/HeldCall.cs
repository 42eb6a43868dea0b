using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Sallyport.Gateway.Approvals;

/// <summary>A call that waits for a person: exactly these arguments, for this tenant, by this caller, once.</summary>
/// <param name="CallId">The call that was held; its audit records carry the same.</param>
/// <param name="Arguments">As the person sees them, UTF-8 JSON: text that is long is cut, secrets that are known are left out.</param>
/// <param name="Digest">SHA-256 over the arguments that run, which is what is approved.</param>
/// <param name="Approvers">How many different people must say yes.</param>
public sealed partial record HeldCall(
    string Id, string CallId, string Tool, string Tenant, string Caller, ReadOnlyMemory<byte> Arguments, string Digest, string Reason, DateTimeOffset Expires, int Approvers)
{
    /// <summary>Grows with every change, so that of two changes at once only one stands.</summary>
    public int Version { get; init; }

    public ApprovalState State { get; init; } = ApprovalState.Waiting;

    /// <summary>Who said yes so far.</summary>
    public IReadOnlyList<string> ApprovedBy { get; init; } = [];

    /// <summary>Reads from which text in the arguments came that a stranger may have written.</summary>
    public IReadOnlyList<string> TaintedBy { get; init; } = [];

    /// <summary>Whether the yes is only that of whoever sits at the caller's client.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>SHA-256 of the request state under which the caller's client was asked last; null when there is nothing to answer.</summary>
    public string? Question { get; init; }

    /// <summary>Shows that the gate wrote this, where it is kept; null while it is in use.</summary>
    public string? Seal { get; init; }

    public static string NewId() => "apr_" + RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>Whether text can be an id at all; nothing else is ever looked up.</summary>
    public static bool IsId(string text) => IdForm().IsMatch(text);

    /// <summary>Whether both are the same request: tool, tenant, caller and arguments.</summary>
    public bool IsFor(string tool, string tenant, string caller, string digest) => Tool == tool && Tenant == tenant && Caller == caller && Digest == digest;

    /// <summary>Why this person cannot decide this call; null when they can.</summary>
    public string? Refuses(string person)
        => State != ApprovalState.Waiting ? "This call is decided already."
            : person == Caller ? "Whoever asked cannot approve; another person must."
            : ApprovedBy.Contains(person, StringComparer.Ordinal) ? "You approved this already; another person must, too."
            : null;

    public HeldCall Approve(string person)
    {
        IReadOnlyList<string> approvedBy = [.. ApprovedBy, person];
        return this with { ApprovedBy = approvedBy, State = approvedBy.Count >= Approvers ? ApprovalState.Approved : ApprovalState.Waiting };
    }

    [GeneratedRegex(@"\Aapr_[0-9a-f]{24}\z")]
    private static partial Regex IdForm();
}

/// <summary>Where a held call stands.</summary>
public enum ApprovalState
{
    Waiting,
    Approved,
    Denied,
    Used,
}

/// <summary>Writes held calls to where they are kept, without reflection.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HeldCall))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class HeldCallJson : JsonSerializerContext;
