using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Commands.Approvals;

/// <summary>Asks a gate that serves over HTTP, as the caller whose token it is.</summary>
internal sealed class GateDoor(Uri address, Secret token) : IApprovalDoor
{
    private readonly ServingGate _gate = new(address, token);

    public Task<JsonDocument> ListAsync(CancellationToken cancellationToken) => _gate.SendAsync(HttpMethod.Get, "approvals", cancellationToken);

    public async Task<DoorRefusal?> DecideAsync(string id, bool isApproved, CancellationToken cancellationToken)
    {
        using var answer = await _gate.SendAsync(HttpMethod.Post, $"approvals/{Uri.EscapeDataString(id)}/{(isApproved ? "approve" : "deny")}", cancellationToken);
        return answer.RootElement.TryGetProperty("error", out var error)
            ? new DoorRefusal(error.GetProperty("message").GetString()!, "'sallyport approvals list' lists the calls that wait.")
            : null;
    }

    public void Dispose() => _gate.Dispose();
}
