using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sallyport.EndToEnd.Commands;

/// <summary>Held calls decided at the command line, where every step is a process of its own and only the state directory is shared.</summary>
public sealed partial class ApprovalsCommandTests : IDisposable
{
    private const string Tool = "mark_detection_fixed";

    private readonly SallyportProgram _program = new();
    private Process? _simulator;

    /// <summary>Of a call that the platform would take, without its closing brace.</summary>
    private string _arguments = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _simulator?.Kill(entireProcessTree: true);
        _simulator?.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task A_call_held_by_one_process_is_decided_in_another_with_the_persons_secret_and_runs_once_in_a_third()
    {
        var secret = await ServeSimulatedAsync("alice");
        var held = await _program.RunAsync("call", Tool, "--args", _arguments + "}");
        var id = ApprovalId().Match(held.Output).Value;
        var listed = await _program.RunAsync("approvals", "list");

        var without = await _program.RunAsync("approvals", "approve", id);
        _program.Variables["SALLYPORT_APPROVER_SECRET"] = "guessed";
        var guessed = await _program.RunAsync("approvals", "approve", id);
        _program.Variables["SALLYPORT_APPROVER_SECRET"] = secret;
        var approved = await _program.RunAsync("approvals", "approve", id);
        _program.Variables.Remove("SALLYPORT_APPROVER_SECRET");
        var swapped = await _program.RunAsync("call", Tool, "--args", $$"""{"detection_ids":[999999],"mark_fixed":true,"approval":"{{id}}"}""");
        var ran = await _program.RunAsync("call", Tool, "--args", $"{_arguments},\"approval\":\"{id}\"}}");
        var again = await _program.RunAsync("call", Tool, "--args", $"{_arguments},\"approval\":\"{id}\"}}");

        Assert.Equal((1, 0, 2, 1, 0), (held.Code, listed.Code, without.Code, guessed.Code, approved.Code));
        Assert.Contains(id, listed.Output, StringComparison.Ordinal);
        Assert.Contains("There is no terminal", without.Error, StringComparison.Ordinal);
        Assert.Contains("not alice's secret", guessed.Error, StringComparison.Ordinal);
        Assert.Contains("approval_required", swapped.Output, StringComparison.Ordinal);
        Assert.True(ran.Code == 0, ran.Output + ran.Error);
        Assert.Contains("approval_required", again.Output, StringComparison.Ordinal);
        var records = Directory.GetFiles(Path.Combine(_program.Folder, "state"), "audit*.jsonl").SelectMany(File.ReadAllLines).ToList();
        Assert.Contains("{\"channel\":\"cli\",\"claimed\":\"alice\"}", Assert.Single(records, line => line.Contains("\"tool\":\"gate_sign_in\"", StringComparison.Ordinal) && line.Contains("\"event\":\"open\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        var decisions = records.Where(line => line.Contains("\"event\":\"decision\"", StringComparison.Ordinal)).ToList();
        Assert.Contains("\"caller\":\"alice\"", Assert.Single(decisions), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, string.Join('\n', Directory.GetFiles(_program.Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_by_rule_decide_one_after_the_other_and_one_no_ends_it()
    {
        var secret = await ServeSimulatedAsync("alice", "approvers: 2");
        var bob = await EnrollAsync("bob");
        File.AppendAllText(Path.Combine(_program.Folder, "sallyport.yaml"), $"\n{bob.Entry}\n");
        var id = ApprovalId().Match((await _program.RunAsync("call", Tool, "--args", _arguments + "}")).Output).Value;

        _program.Variables["SALLYPORT_APPROVER_SECRET"] = secret;
        var unnamed = await _program.RunAsync("approvals", "approve", id);
        var first = await _program.RunAsync("approvals", "approve", id, "--as", "alice");
        var twice = await _program.RunAsync("approvals", "approve", id, "--as", "alice");
        var early = await _program.RunAsync("call", Tool, "--args", $"{_arguments},\"approval\":\"{id}\"}}");
        var wrong = await _program.RunAsync("approvals", "deny", id, "--as", "bob");
        _program.Variables["SALLYPORT_APPROVER_SECRET"] = bob.Secret;
        var denied = await _program.RunAsync("approvals", "deny", id, "--as", "bob");
        var late = await _program.RunAsync("call", Tool, "--args", $"{_arguments},\"approval\":\"{id}\"}}");

        Assert.Equal((2, 0, 1, 1, 1, 0, 1), (unnamed.Code, first.Code, twice.Code, early.Code, wrong.Code, denied.Code, late.Code));
        Assert.Contains("another person must, too", twice.Error, StringComparison.Ordinal);
        Assert.Contains("decided against", late.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_is_enrolled_nobody_decides()
    {
        var run = await _program.RunAsync("approvals", "approve", "apr_000000000000000000000000");

        Assert.Equal(2, run.Code);
        Assert.Contains("sallyport approvals enroll", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Settings for a simulated platform and one person; gives that person's secret.</summary>
    private async Task<string> ServeSimulatedAsync(string person, string terms = "require: destructive")
    {
        _simulator = _program.Start("simulate");
        using var simulated = JsonDocument.Parse((await _simulator.StandardOutput.ReadLineAsync(Cancel))!);
        var vectra = simulated.RootElement.GetProperty("platforms").GetProperty("vectra");
        var credentials = string.Join(", ", vectra.EnumerateObject().Select(member => $"{member.Name}: '{member.Value}'"));
        var (secret, entry) = await EnrollAsync(person);
        _program.Write("sallyport.yaml", $$"""
            mode: rw
            allowLoopbackUpstream: true
            state: { directory: state }
            tenants: { lab: { vectra: { {{credentials}} } } }
            approvals:
              {{terms}}
              people:
            {{entry}}
            """);
        var detections = await _program.RunAsync("call", "list_detections_with_basic_info", "--args", """{"limit":1}""");
        _arguments = $$"""{"detection_ids":[{{FirstId().Match(detections.Output).Groups[1].Value}}],"mark_fixed":true""";
        return secret;
    }

    private async Task<(string Secret, string Entry)> EnrollAsync(string person)
    {
        var run = await _program.RunAsync("approvals", "enroll", person);
        Assert.Equal(0, run.Code);
        return (SecretLine().Match(run.Error).Groups[1].Value, run.Output.TrimEnd());
    }

    [GeneratedRegex("apr_[0-9a-f]{24}")]
    private static partial Regex ApprovalId();

    [GeneratedRegex("\"id\":([0-9]+)")]
    private static partial Regex FirstId();

    [GeneratedRegex("Secret, shown only now: (\\S+)")]
    private static partial Regex SecretLine();
}
