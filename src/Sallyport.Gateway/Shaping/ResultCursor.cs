using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sallyport.Gateway.Shaping;

/// <summary>
/// Where the next result of the same call continues. The token carries a check over the position and the call it
/// belongs to; it keeps nothing secret and grants nothing, since a position only skips rows the caller may see anyway.
/// </summary>
/// <param name="Skip">Rows delivered so far.</param>
public readonly record struct ResultCursor(long Skip)
{
    /// <summary>No token is longer, in characters.</summary>
    public const int MaxLength = 23;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private const byte Version = 1;
    private const int CheckLength = 8;
    private const int MostBytes = 1 + sizeof(long) + CheckLength;

    /// <summary>Makes the token: base64url, 12 to 23 characters.</summary>
    /// <param name="binding">What the position belongs to: a digest of tool, tenant, caller and arguments.</param>
    public string Encode(ReadOnlySpan<byte> binding)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Skip);
        Span<byte> token = stackalloc byte[MostBytes];
        token[0] = Version;
        var position = 1;
        for (var rest = (ulong)Skip; rest != 0; rest >>= 8)
            token[position++] = (byte)rest;
        Check(Skip, binding, token.Slice(position, CheckLength));
        return Base64Url.EncodeToString(token[..(position + CheckLength)]);
    }

    /// <summary>Reads a token back; the reason for a refusal is a sentence for the caller.</summary>
    public static bool TryParse(ReadOnlySpan<char> token, ReadOnlySpan<byte> binding, out ResultCursor cursor, [NotNullWhen(false)] out string? reason)
    {
        cursor = default;
        reason = "The cursor is not one that this gate has given out: copy it unchanged from `_capped.next`.";
        Span<byte> bytes = stackalloc byte[MostBytes];
        if (token.Length > MaxLength || token.ContainsAnyExcept(Alphabet) || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written))
            return false;
        var skipLength = written - 1 - CheckLength;
        if (skipLength < 0 || bytes[0] != Version || (skipLength > 0 && bytes[skipLength] == 0))
            return false;
        Span<byte> position = stackalloc byte[sizeof(long)];
        position.Clear();
        bytes.Slice(1, skipLength).CopyTo(position);
        var skip = BinaryPrimitives.ReadInt64LittleEndian(position);
        if (skip < 0)
            return false;

        Span<byte> expected = stackalloc byte[CheckLength];
        Check(skip, binding, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes.Slice(1 + skipLength, CheckLength)))
        {
            reason = "The cursor belongs to another call: repeat the call that gave it, with the same arguments.";
            return false;
        }

        cursor = new ResultCursor(skip);
        reason = null;
        return true;
    }

    private static void Check(long skip, ReadOnlySpan<byte> binding, Span<byte> destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, skip);
        hash.AppendData(buffer[..sizeof(long)]);
        hash.AppendData(binding);
        hash.GetHashAndReset(buffer);
        buffer[..destination.Length].CopyTo(destination);
    }
}
