using System.Globalization;
using System.Net;

namespace Sallyport.Configuration.Sections;

/// <summary>An address and a port to serve on.</summary>
internal readonly record struct Listen(IPAddress Address, int Port)
{
    /// <summary>HOST:PORT, where HOST is an address, [an IPv6 address], localhost, or * for all addresses.</summary>
    public const string Form = @"^(localhost|\*|[0-9.]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}$";

    /// <summary>Only this machine can connect.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    public static Listen? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return null;
        var host = text[..colon];
        return host switch
        {
            "localhost" => new Listen(IPAddress.Loopback, port),
            "*" => new Listen(IPAddress.Any, port),
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? new Listen(address, port) : null,
        };
    }

    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
