using System.Security.Cryptography;
using System.Text;
using Sallyport.Core;

namespace Sallyport.Gateway.Identity;

/// <summary>Turns a bearer token into its caller. Only digests are kept, and every one of them is compared, in constant time.</summary>
public sealed class TokenDirectory
{
    private readonly (byte[] Digest, Caller Caller)[] _callers;

    public TokenDirectory(IEnumerable<(Secret Token, Caller Caller)> callers)
        : this(callers.Select(entry => (DigestOf(entry.Token.Reveal()), entry.Caller)))
    {
    }

    /// <param name="callers">SHA-256 of each token in UTF-8, where the token itself is not known here.</param>
    public TokenDirectory(IEnumerable<(byte[] Digest, Caller Caller)> callers) => _callers = [.. callers];

    public bool IsEmpty => _callers.Length == 0;

    public Caller? Find(string token)
    {
        var digest = DigestOf(token);
        Caller? found = null;
        foreach (var (known, caller) in _callers)
        {
            if (CryptographicOperations.FixedTimeEquals(known, digest))
                found = caller;
        }

        return found;
    }

    public static byte[] DigestOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
