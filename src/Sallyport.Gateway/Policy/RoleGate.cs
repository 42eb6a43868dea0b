using System.Text.Json;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Refuses tools that the caller's role does not hold, and arguments that ask for more than the tool itself does.</summary>
internal sealed class RoleGate(Authorizer authorizer) : IGate
{
    public string Name => "role";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var further = Further(call);
        return ValueTask.FromResult(authorizer.MayUse(call.Caller, call.Entry, further)
            ? GateDecision.Allow
            : new GateDecision.Refused(
                ErrorCode.Forbidden,
                $"Permission denied: requires {string.Join(" and ", Needed(call).Concat(further).Distinct()).ToLowerInvariant()}.",
                "Ask the operator for a role that holds it."));
    }

    private static IEnumerable<ToolPermission> Needed(ToolCall call)
        => call.Entry.Source is null ? [call.Tool.Permission] : call.Entry.StandsFor.Select(tool => tool.Tool.Permission);

    private static IReadOnlyList<ToolPermission> Further(ToolCall call)
    {
        if (call.Tool.FurtherPermissions is not { } ask)
            return [];
        using var document = JsonDocument.Parse(call.Arguments.ForTool);
        return ask(document.RootElement);
    }
}
