using System.Net;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Makes whoever shows wrong proof too often wait, by address, so that nobody can try tokens at speed.</summary>
internal sealed class FailedSignIns(RateLimit limit, TimeProvider time)
{
    private readonly BoundedTable<SlidingWindow> _failures = Usage.Windows(time);

    /// <summary>How long this address must wait; null when it need not.</summary>
    public TimeSpan? Wait(IPAddress address) => _failures.Find(AddressKey.Of(address))?.Wait(limit);

    public void Note(IPAddress address) => _failures.Of(AddressKey.Of(address)).TryAdmit(limit);
}
