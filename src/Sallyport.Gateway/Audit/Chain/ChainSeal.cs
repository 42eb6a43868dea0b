using System.Buffers;
using System.Security.Cryptography;

namespace Sallyport.Gateway.Audit.Chain;

/// <summary>Puts the HMAC-SHA256 of a line into the line, and checks it again. Not for concurrent use.</summary>
internal sealed class ChainSeal(AuditKey key) : IDisposable
{
    public const int HexLength = 2 * HMACSHA256.HashSizeInBytes;
    private readonly IncrementalHash _hash = key.CreateHash();

    public AuditKey Key => key;

    /// <summary>Completes a line that lacks only its closing brace: the seal covers the line as if it were closed here.</summary>
    public void Close(ArrayBufferWriter<byte> line, Span<byte> hmac)
    {
        Compute(line.WrittenSpan, "}"u8, hmac);
        line.Write(",\"hmac\":\""u8);
        line.Write(hmac);
        line.Write("\"}\n"u8);
    }

    /// <summary>Whether the record is what somebody who has the key wrote, to the byte.</summary>
    public bool Holds(in SealedRecord record)
    {
        Span<byte> hmac = stackalloc byte[HexLength];
        Compute(record.BeforeHmac, record.AfterHmac, hmac);
        return CryptographicOperations.FixedTimeEquals(hmac, record.Hmac);
    }

    public void Dispose() => _hash.Dispose();

    private void Compute(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, Span<byte> hex)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.AppendData(before);
        _hash.AppendData(after);
        _hash.GetHashAndReset(mac);
        Convert.TryToHexStringLower(mac, hex, out _);
    }
}
