using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Core.Settings;

/// <summary>A PEM file of the only authorities that a private platform's certificate may come from.</summary>
public static class AuthorityFile
{
    /// <summary>What is wrong with the file, as the end of a sentence; null when nothing is, or when none is set.</summary>
    public static string? Problem(string? path)
    {
        if (path is null)
            return null;
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
            return authorities.Count == 0 ? "holds no certificate in PEM form" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "is not a file that can be read";
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return "holds a certificate that cannot be understood";
        }
        finally
        {
            foreach (var authority in authorities)
                authority.Dispose();
        }
    }
}
