using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Gateway.Approvals;
using Sallyport.Hosting;
using Sallyport.Hosting.Approvals;
using Sallyport.Hosting.Operations;

namespace Sallyport.Commands.Approvals;

/// <summary>
/// Decides where the gate keeps its held calls, without asking the gate. The account that runs this may be the agent's too, so
/// a person proves who they are with a secret that the agent does not have.
/// </summary>
internal sealed class StateDoor(SallyportSettings settings, string? name, OperatorConsole console) : IApprovalDoor
{
    private const string SecretVariable = "SALLYPORT_APPROVER_SECRET";

    private IReadOnlyList<ApproverSettings> People => settings.Approvals.People ?? [];

    public async Task<JsonDocument> ListAsync(CancellationToken cancellationToken)
    {
        using var logs = GateSession.Quiet(settings, console);
        await using var store = ApprovalStart.Open(settings, logs);
        var now = TimeProvider.System.GetUtcNow();
        var waiting = (await store.ListAsync(cancellationToken)).Where(call => call.State == ApprovalState.Waiting && call.Expires > now).OrderBy(call => call.Expires);
        return JsonDocument.Parse(HeldCallsJson.Of(waiting));
    }

    public async Task<DoorRefusal?> DecideAsync(string id, bool isApproved, CancellationToken cancellationToken)
    {
        if (People.Count == 0)
        {
            return new DoorRefusal(
                "Nobody may decide here: approvals.people is empty.",
                $"'sallyport approvals enroll NAME' makes an entry for the settings; to decide over HTTP, set {ApprovalsCommand.TokenVariable}.", ExitCode.BadConfiguration);
        }

        if ((name is null && People.Count == 1 ? People[0] : People.FirstOrDefault(person => person.Name == name)) is not { } decider)
            return new DoorRefusal(name is null ? "Several people may decide here." : "Nobody of that name may decide here.", "Say who you are with --as NAME, a name of approvals.people.", ExitCode.BadConfiguration);
        if (Secret(decider) is not { } secret)
            return new DoorRefusal("There is no terminal to ask for the secret at.", $"Set {SecretVariable}, for this one command only.", ExitCode.BadConfiguration);
        if (!ApproverSecret.Matches(secret, decider.SecretHash))
        {
            await RecordRefusalAsync(decider, cancellationToken);
            return new DoorRefusal($"That is not {decider.Name}'s secret.", "A lost secret is replaced: 'sallyport approvals enroll' makes a new entry.");
        }

        return await DecideAsync(id, decider, isApproved, cancellationToken);
    }

    public void Dispose()
    {
        // Nothing is kept open between two questions.
    }

    private async Task<DoorRefusal?> DecideAsync(string id, ApproverSettings decider, bool isApproved, CancellationToken cancellationToken)
    {
        using var logs = GateSession.Quiet(settings, console);
        await using var audit = await AuditStart.StartAsync(settings, logs, TimeProvider.System, cancellationToken);
        await using var desk = ApprovalStart.Desk(settings, audit, logs, TimeProvider.System);
        var isGranted = await desk.FindAsync(id, cancellationToken) is { } call && (decider.Tenants?.Contains(call.Tenant, StringComparer.Ordinal) ?? true);
        var problem = isGranted ? await desk.DecideAsync(id, new Approver(decider.Name, "cli"), isApproved, cancellationToken) : "No such call is waiting; it may have expired.";
        return problem is null ? null : new DoorRefusal(problem, "'sallyport approvals list' lists the calls that wait.");
    }

    private async Task RecordRefusalAsync(ApproverSettings claimed, CancellationToken cancellationToken)
    {
        using var logs = GateSession.Quiet(settings, console);
        await using var audit = await AuditStart.StartAsync(settings, logs, TimeProvider.System, cancellationToken);
        await RefusedProof.RecordAsync(audit, TimeProvider.System, new JsonObject { ["channel"] = "cli", ["claimed"] = claimed.Name });
    }

    private string? Secret(ApproverSettings decider)
    {
        if (Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } given)
            return given;
        if (Console.IsInputRedirected)
            return null;
        console.Error.Write($"Secret of {decider.Name}: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        }

        console.Note("");
        return typed.ToString();
    }
}
