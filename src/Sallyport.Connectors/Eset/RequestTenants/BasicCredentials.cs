using System.Text;
using Sallyport.Core;

namespace Sallyport.Connectors.Eset.RequestTenants;

/// <summary>A user and password from an Authorization header.</summary>
internal sealed record BasicCredentials(string User, Secret Password)
{
    private const string Scheme = "Basic ";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for anything but strict base64 of valid UTF-8 with a colon between two texts that are not empty.</summary>
    public static BasicCredentials? Read(string? header)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var encoded = header[Scheme.Length..].Trim(' ');
        var bytes = new byte[encoded.Length];
        // The decoder passes over white space inside; a strict reader does not.
        if (encoded.Any(char.IsWhiteSpace) || !Convert.TryFromBase64String(encoded, bytes, out var count))
            return null;
        try
        {
            var pair = Strict.GetString(bytes, 0, count);
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && colon < pair.Length - 1 ? new BasicCredentials(pair[..colon], Secret.OfRequest(pair[(colon + 1)..])) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
