using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Hosting.Http.Door;

/// <summary>
/// Refuses requests whose Host or Origin is not ours: a web page that resolves its own name to this machine must not
/// reach the gate through somebody's browser.
/// </summary>
internal sealed class HostRule
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string> _hosts;
    private readonly HashSet<string> _origins;

    public HostRule(IEnumerable<IPAddress> listened, IReadOnlyList<string> hosts, IReadOnlyList<string> origins)
    {
        _hosts = new HashSet<string>([.. Loopback, .. hosts], StringComparer.OrdinalIgnoreCase);
        foreach (var address in listened.Where(address => !IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address)))
            _hosts.Add(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString());
        _origins = new HashSet<string>(origins.Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);
    }

    public bool Allows(HttpRequest request)
    {
        var host = request.Host;
        if (!host.HasValue || !(_hosts.Contains(host.Host) || _hosts.Contains(host.Value)))
            return false;
        var origin = request.Headers.Origin;
        return origin.Count == 0 || (origin.Count == 1 && origin[0] is { } value && (AllowsOrigin(value) || IsOwn(value, host)));
    }

    /// <summary>A page of ours: the host is allowed already, and a proxy in front may have ended https.</summary>
    private static bool IsOwn(string origin, HostString host)
        => Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && string.Equals(address.Authority, host.Value, StringComparison.OrdinalIgnoreCase);

    private bool AllowsOrigin(string origin)
        => _origins.Contains(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                && Loopback.Contains(address.Host, StringComparer.OrdinalIgnoreCase));
}
