using System.Net;

namespace Sallyport.Hosting.Http;

/// <summary>Nothing can be served at an address: another program listens there, or this one may not.</summary>
internal sealed class ListenException(IEnumerable<IPEndPoint> addresses, Exception reason)
    : Exception($"{string.Join(" or ", addresses)} cannot be listened on; another program may be there, or this one lacks the right.", reason);
