using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Gateway.Audit;

namespace Sallyport.Hosting.Operations;

/// <summary>Somebody showed proof that is none. It is in the audit in the form of a call that nobody made.</summary>
internal static class RefusedProof
{
    private const string Nobody = "(nobody)";
    private const string Name = "gate_sign_in";

    /// <param name="circumstances">What is known of it; nothing of the proof itself.</param>
    /// <exception cref="AuditUnavailableException">It cannot be recorded.</exception>
    public static async Task RecordAsync(AuditLog audit, TimeProvider time, JsonObject circumstances)
    {
        var json = Encoding.UTF8.GetBytes(circumstances.ToJsonString());
        var opened = new AuditCallOpened(CallId.New(time), Nobody, null, null, Name, null, json, Convert.ToHexStringLower(SHA256.HashData(json)));
        // Not waited for on the disk: strangers cause these at will. Nor given up when they hang up.
        await audit.OpenCallAsync(opened, durable: false, CancellationToken.None);
        await audit.CloseCallAsync(new AuditCallClosed(opened, "refused", "unauthorized", "door"));
    }
}
