using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Gateway.Audit;

namespace Sallyport.Hosting.Operations;

/// <summary>Something that an operator does to the gate itself. It is in the audit before it takes effect, in the form of a call.</summary>
internal static class OperatorAct
{
    /// <param name="by">Who does it.</param>
    /// <param name="name">Stands where a call has its tool, for example <c>gate_tool_disable</c>.</param>
    /// <param name="arguments">What exactly; no secrets.</param>
    /// <exception cref="AuditUnavailableException">It cannot be recorded, so it was not done.</exception>
    public static async Task RunAsync(GatewayParts gateway, string by, string name, JsonObject arguments, Func<Task> act, CancellationToken cancellationToken)
    {
        var started = gateway.Time.GetTimestamp();
        var json = Encoding.UTF8.GetBytes(arguments.ToJsonString());
        var opened = new AuditCallOpened(CallId.New(gateway.Time), by, null, null, name, "write", json, Convert.ToHexStringLower(SHA256.HashData(json)));
        await gateway.Audit.OpenCallAsync(opened, durable: true, cancellationToken);
        var outcome = "failed";
        try
        {
            await act();
            outcome = "succeeded";
        }
        finally
        {
            await gateway.Audit.CloseCallAsync(new AuditCallClosed(opened, outcome, Duration: gateway.Time.GetElapsedTime(started)));
        }
    }
}
