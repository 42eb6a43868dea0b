using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Gateway.Audit;

/// <summary>One record of the audit log, with every member that a record can have; absent members are not written.</summary>
public sealed record AuditEntry
{
    public const string CurrentSchema = "sallyport.audit/1";

    private const string Hex = "^[0-9a-f]{64}$";

    [Description("What is recorded: a call that begins or ended, a person's decision, a start of the gate, a checkpoint of the chain, or records that a receiver never got.")]
    [AllowedValues("open", "close", "decision", "start", "checkpoint", "gap")]
    public required string Event { get; init; }

    [Description("When, in UTC.")]
    public required DateTimeOffset Time { get; init; }

    [Description("Ties the records of one call together.")]
    public string? CallId { get; init; }

    [Description("The process that wrote the record: machine and process id.")]
    public string? Instance { get; init; }

    [Description("Who asked or decided, as the gate authenticated them.")]
    public string? Caller { get; init; }

    [Description("How the gate heard a decision; client is an acknowledgement at the agent's own client."), AllowedValues("http", "page", "cli", "client")]
    public string? Channel { get; init; }

    [Description("What the client says it is; untrusted.")]
    public string? ClaimedClient { get; init; }

    [Description("The tenant asked for.")]
    public string? Tenant { get; init; }

    [Description("The tool asked for, even when no such tool exists.")]
    public string? Tool { get; init; }

    [Description("What the tool does at the platform."), AllowedValues("read", "write")]
    public string? Access { get; init; }

    [Description("The arguments in canonical form, redacted.")]
    public JsonElement? Arguments { get; init; }

    [Description("Size of arguments that were too large to record.")]
    public long? ArgumentsBytes { get; init; }

    [Description("Digest of the arguments as they came, so that redaction does not hide a difference.")]
    public string? ArgumentsDigest { get; init; }

    [Description("The gate that ended the call.")]
    public string? Gate { get; init; }

    [Description("How the call ended, or what was decided."), AllowedValues("succeeded", "refused", "held", "failed", "approved", "denied", "void")]
    public string? Outcome { get; init; }

    [Description("The error code that the caller was given.")]
    public string? Code { get; init; }

    [Description("Milliseconds from open to close.")]
    public long? DurationMs { get; init; }

    [Description("Size of the result.")]
    public long? Bytes { get; init; }

    [Description("What the caller had read before this write, in first-read order; the newest 500.")]
    public IReadOnlyList<string>? ReadBefore { get; init; }

    [Description("How many there were, when older ones are not listed.")]
    public long? ReadBeforeTotal { get; init; }

    [Description("Members of the arguments or the result whose text reads like instructions to a model.")]
    public IReadOnlyList<string>? InstructionLike { get; init; }

    [Description("The approval that held, released or decided the call.")]
    public string? Approval { get; init; }

    [Description("Ids of the calls in which the caller read text, perhaps a stranger's, that this write carries.")]
    public IReadOnlyList<string>? TaintedBy { get; init; }

    [Description("Why a start began or resumed a chain, or a checkpoint was written.")]
    public string? Reason { get; init; }

    [Description("SHA-256 of the incomplete line just before this start."), RegularExpression(Hex)]
    public string? Torn { get; init; }

    [Description("The chain before the one that this start begins.")]
    public string? PreviousChain { get; init; }

    [Description("Number of its newest record.")]
    public long? PreviousSeq { get; init; }

    [Description("Seal of that record."), RegularExpression(Hex)]
    public string? PreviousHmac { get; init; }

    [Description("How many records a checkpoint closes, or a receiver never got.")]
    public long? Count { get; init; }

    [Description("The first of those.")]
    public long? FirstSeq { get; init; }

    [Description("The last of those that a receiver never got.")]
    public long? LastSeq { get; init; }

    [Description("The receiver that never got them.")]
    public string? Sink { get; init; }

    [Description("Version of this form.")]
    public string? Schema { get; init; }

    [Description("Id of the chain.")]
    public string? Chain { get; init; }

    [Description("Id of the key that seals the chain."), RegularExpression("^[0-9a-f]{16}$")]
    public string? Key { get; init; }

    [Description("Number of the record in its chain, from 0, without gaps.")]
    public long Seq { get; init; }

    [Description("Seal of the record before; zeros for the first."), RegularExpression(Hex)]
    public string? Prev { get; init; }

    [Description("HMAC-SHA256 of the record without this member in canonical form (RFC 8785)."), RegularExpression(Hex)]
    public string? Hmac { get; init; }
}

/// <summary>Reads what the audit log and its state file contain, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(Chain.ChainState))]
[JsonSerializable(typeof(Forwarding.SinkCursor))]
internal sealed partial class AuditJson : JsonSerializerContext;
