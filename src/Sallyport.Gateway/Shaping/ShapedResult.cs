using System.Buffers;
using System.Security.Cryptography;

namespace Sallyport.Gateway.Shaping;

/// <summary>What an agent gets to see of a platform's answer: compact JSON in rented memory, to be disposed of after sending.</summary>
public sealed class ShapedResult : IDisposable
{
    private readonly int _length;
    private byte[]? _bytes;

    /// <summary>Takes over an array rented from the shared pool.</summary>
    internal ShapedResult(byte[] rented, int length)
    {
        _bytes = rented;
        _length = length;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Utf8.Span));
    }

    /// <summary>The result; not to be touched after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Utf8
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return _bytes.AsMemory(0, _length);
        }
    }

    /// <summary>Rows in this result.</summary>
    public long Returned { get; init; }

    /// <summary>Rows in the platform's answer, those already delivered included.</summary>
    public long Total { get; init; }

    /// <summary>Whether anything was left out; the result then says so in <c>_capped</c>.</summary>
    public bool IsCapped { get; init; }

    /// <summary>The token that continues after this result; null when no row is left.</summary>
    public string? Next { get; init; }

    /// <summary>Values and names from which something that does not belong in text was removed.</summary>
    public int Sanitized { get; init; }

    /// <summary>Bytes that the platform sent.</summary>
    public long SourceBytes { get; init; }

    /// <summary>SHA-256 of the result in lower-case hex.</summary>
    public string Sha256 { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
