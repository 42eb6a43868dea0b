using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Sallyport.Gateway.Approvals;

/// <summary>
/// What a person shows at the command line to decide: a long random secret of which the gate keeps a slow, salted hash
/// only, because whoever runs the agent may be able to read the settings.
/// </summary>
public static class ApproverSecret
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int SecretBytes = 20;
    private const int SaltBytes = 16;

    /// <summary>The form of a hash, for the settings' schema.</summary>
    public const string HashForm = @"^pbkdf2-sha256\$[1-9][0-9]{4,6}\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$";

    /// <summary>A new secret, to be shown once, and the hash to keep.</summary>
    public static (string Secret, string Hash) New()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (secret, string.Create(
            CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Base64Url.EncodeToString(salt)}${Base64Url.EncodeToString(Derive(secret, salt, Iterations))}"));
    }

    /// <summary>Whether the hash was made from this secret; a hash of any other form proves nothing.</summary>
    public static bool Matches(string secret, string hash)
        => hash.Split('$') is [Scheme, var count, var salt, var digest]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) && iterations is > 0 and <= MostIterations
            && Base64Url.IsValid(salt) && Base64Url.IsValid(digest)
            && CryptographicOperations.FixedTimeEquals(Derive(secret, Base64Url.DecodeFromChars(salt), iterations), Base64Url.DecodeFromChars(digest));

    private static byte[] Derive(string secret, byte[] salt, int iterations)
        => Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
}
