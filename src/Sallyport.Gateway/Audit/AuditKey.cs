using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Gateway.Audit;

/// <summary>The secret that seals an audit chain, and the public id by which a verifier recognises it.</summary>
public sealed class AuditKey
{
    private const int IdBytes = 8;
    private const int HexKeyDigits = 64;
    private readonly byte[] _bytes;

    private AuditKey(byte[] bytes, bool isEphemeral)
    {
        _bytes = bytes;
        IsEphemeral = isEphemeral;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "sallyport-audit-key-id"u8).AsSpan(0, IdBytes));
    }

    /// <summary>16 hexadecimal digits; safe to show.</summary>
    public string Id { get; }

    /// <summary>The key dies with the process.</summary>
    public bool IsEphemeral { get; }

    /// <summary>64 or more hexadecimal digits, an even number of them, are the key itself; any other text is its UTF-8 bytes.</summary>
    public static AuditKey Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var isHex = text.Length >= HexKeyDigits && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
        return new AuditKey(isHex ? Convert.FromHexString(text) : Encoding.UTF8.GetBytes(text), isEphemeral: false);
    }

    public static AuditKey Ephemeral() => new(RandomNumberGenerator.GetBytes(32), isEphemeral: true);

    /// <summary>A key for something else than the chain, from which this one cannot be told.</summary>
    public byte[] Derive(string purpose) => HMACSHA256.HashData(_bytes, Encoding.UTF8.GetBytes(purpose));

    public override string ToString() => $"audit key {Id}";

    internal IncrementalHash CreateHash() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _bytes);
}
