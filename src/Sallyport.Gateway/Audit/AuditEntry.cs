using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Gateway.Audit;

/// <summary>One record of the audit log, with every member that a record can have; absent members are not written.</summary>
public sealed record AuditEntry
{
    public const string CurrentSchema = "sallyport.audit/1";

    public required string Event { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string? CallId { get; init; }

    public string? Instance { get; init; }

    public string? Caller { get; init; }

    /// <summary>What the client says it is; untrusted.</summary>
    public string? ClaimedClient { get; init; }

    public string? Tenant { get; init; }

    public string? Tool { get; init; }

    public string? Access { get; init; }

    public JsonElement? Arguments { get; init; }

    /// <summary>Size of arguments that were too large to record.</summary>
    public long? ArgumentsBytes { get; init; }

    public string? ArgumentsDigest { get; init; }

    public string? Gate { get; init; }

    public string? Outcome { get; init; }

    public string? Code { get; init; }

    public long? DurationMs { get; init; }

    public long? Bytes { get; init; }

    public IReadOnlyList<string>? ReadBefore { get; init; }

    public long? ReadBeforeTotal { get; init; }

    public string? Approval { get; init; }

    /// <summary>Why a `start` began or resumed a chain, or a `checkpoint` was written.</summary>
    public string? Reason { get; init; }

    /// <summary>SHA-256 of the incomplete line just before this `start`.</summary>
    public string? Torn { get; init; }

    public string? PreviousChain { get; init; }

    public long? PreviousSeq { get; init; }

    public string? PreviousHmac { get; init; }

    /// <summary>How many records this `checkpoint` closes, beginning with <see cref="FirstSeq"/>.</summary>
    public long? Count { get; init; }

    public long? FirstSeq { get; init; }

    public string? Schema { get; init; }

    public string? Chain { get; init; }

    public string? Key { get; init; }

    public long Seq { get; init; }

    public string? Prev { get; init; }

    public string? Hmac { get; init; }
}

/// <summary>Reads what the audit log and its state file contain, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(Chain.ChainState))]
internal sealed partial class AuditJson : JsonSerializerContext;
