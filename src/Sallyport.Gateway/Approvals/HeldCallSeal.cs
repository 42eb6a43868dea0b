using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Audit;

namespace Sallyport.Gateway.Approvals;

/// <summary>
/// The written form of held calls. With the audit key it is sealed, so that a call which somebody else wrote or changed where
/// calls are kept is none; without a key whoever can write there is believed.
/// </summary>
/// <param name="keys">The first seals, all of them are accepted; none where the operator has set no key.</param>
public sealed partial class HeldCallSeal(IReadOnlyList<AuditKey> keys, ILogger log)
{
    private const string Purpose = "sallyport-held-call";
    private const int MostNamed = 1000;

    private readonly byte[][] _keys = [.. keys.Select(key => key.Derive(Purpose))];
    private readonly ConcurrentDictionary<string, bool> _named = new(StringComparer.Ordinal);

    public static HeldCallSeal None { get; } = new([], NullLogger.Instance);

    public byte[] Write(HeldCall call)
    {
        var bare = Bare(call);
        return _keys is [var first, ..] ? Json(call with { Seal = Convert.ToHexStringLower(HMACSHA256.HashData(first, bare)) }) : bare;
    }

    /// <summary>Null for what is not a held call as the gate wrote it.</summary>
    /// <exception cref="ApprovalsUnavailableException">It is sealed, and there is no key to check it with.</exception>
    /// <exception cref="JsonException">It is something else.</exception>
    public HeldCall? Read(ReadOnlySpan<byte> utf8)
    {
        if (JsonSerializer.Deserialize(utf8, HeldCallJson.Default.HeldCall) is not { } call)
            return null;
        if (_keys.Length == 0)
            return call.Seal is null ? call : throw new ApprovalsUnavailableException("The held calls are sealed with a key that these settings lack: audit.hmacKey.");
        if (call.Seal is { } seal && IsOurs(Bare(call), seal))
            return call with { Seal = null };
        if (_named.Count < MostNamed && _named.TryAdd(call.Id, true))
            LogAltered(log, HeldCall.IsId(call.Id) ? call.Id : "of no form");
        return null;
    }

    private bool IsOurs(byte[] bare, string seal)
    {
        var shown = Encoding.UTF8.GetBytes(seal);
        return Array.Exists(_keys, key => CryptographicOperations.FixedTimeEquals(shown, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, bare)))));
    }

    private static byte[] Bare(HeldCall call) => Json(call with { Seal = null });

    private static byte[] Json(HeldCall call) => JsonSerializer.SerializeToUtf8Bytes(call, HeldCallJson.Default.HeldCall);

    [LoggerMessage(Level = LogLevel.Error, EventName = "held-call-altered", Message = "The held call {Id} is not as this gate wrote it, and counts for nothing. Look at who can write where held calls are kept.")]
    private static partial void LogAltered(ILogger log, string id);
}
