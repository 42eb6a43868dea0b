namespace Sallyport.Connectors.Eset.Access;

/// <summary>Judges and normalises the address of a PROTECT console: one https origin and nothing else.</summary>
internal static class ConsoleAddress
{
    /// <summary>What is wrong with the address, as the end of a sentence; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Host.Length == 0)
            return "must be an address like https://protect.example.com:9443";
        // A simulator on this machine speaks plain HTTP; whether this machine may be dialled at all is decided when connecting.
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            return "must start with https://";
        if (address.UserInfo.Length > 0)
            return "must not contain a user name or password";
        if (address.AbsolutePath != "/" || address.Query.Length > 0 || address.Fragment.Length > 0)
            return "must end after the host and port";
        return address.Port is > 0 and <= 65535 ? null : "must have a port from 1 to 65535";
    }

    /// <summary>The origin of an address that has no problem, always written the same way.</summary>
    public static Uri Origin(string text) => new(new Uri(text.Trim()).GetLeftPart(UriPartial.Authority).ToLowerInvariant());
}
