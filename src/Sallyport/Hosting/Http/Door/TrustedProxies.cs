using System.Net;
using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Identity;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Proxies whose word about a request is taken: where it came from and, if the operator wants it, who sent it. Nobody else's is.</summary>
/// <param name="identityHeader">Where such a proxy names the caller it has signed in; null where it signs nobody in.</param>
internal sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks, string? identityHeader = null, IReadOnlyDictionary<string, Caller>? callers = null)
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>The client's address: the last one that a proxy of ours saw and that is not a proxy of ours itself.</summary>
    public IPAddress AddressOf(HttpContext http)
    {
        var address = Plain(http.Connection.RemoteIpAddress ?? IPAddress.None);
        if (!IsTrusted(address))
            return address;
        foreach (var hop in string.Join(',', http.Request.Headers[ForwardedFor].ToArray()).Split(',').Reverse())
        {
            if (!IPAddress.TryParse(hop.Trim(), out var parsed))
                break;
            address = Plain(parsed);
            if (!IsTrusted(address))
                break;
        }

        return address;
    }

    /// <summary>The caller that the proxy at the other end of this connection has signed in; null when there is none.</summary>
    public Caller? Find(HttpContext http)
        => identityHeader is not null && callers is not null && IsTrusted(Plain(http.Connection.RemoteIpAddress ?? IPAddress.None))
            && http.Request.Headers.TryGetValue(identityHeader, out var named) && named.Count == 1
            ? callers.GetValueOrDefault(named[0] ?? "")
            : null;

    private bool IsTrusted(IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
