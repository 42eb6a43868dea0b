using System.Net;
using System.Text.Json.Nodes;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;
using Sallyport.Hosting.Operations;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Records refused tokens in the audit. Strangers cause these, so there are so many a minute; the next says how many were left out.</summary>
internal sealed class SignInRecords(AuditLog audit, TimeProvider time)
{
    private static readonly RateLimit Most = new(60, TimeSpan.FromMinutes(1));

    private readonly SlidingWindow _recorded = new(time);
    private int _leftOut;

    /// <param name="address">Where it came from; none where that is not known.</param>
    /// <param name="reason">Nothing of the token.</param>
    public async Task NoteAsync(IPAddress address, string reason)
    {
        var leftOut = Interlocked.Exchange(ref _leftOut, 0);
        try
        {
            if (_recorded.TryAdmit(Most) is null)
            {
                await RefusedProof.RecordAsync(audit, time, Circumstances(address, reason, leftOut));
                return;
            }
        }
        catch (AuditUnavailableException)
        {
            // Whoever it was is refused all the same, and is in the log.
        }

        Interlocked.Add(ref _leftOut, leftOut + 1);
    }

    private static JsonObject Circumstances(IPAddress address, string reason, int leftOut)
    {
        var circumstances = new JsonObject { ["channel"] = "http", ["token"] = reason };
        if (!address.Equals(IPAddress.None))
            circumstances["address"] = address.ToString();
        if (leftOut > 0)
            circumstances["leftOut"] = leftOut;
        return circumstances;
    }
}
