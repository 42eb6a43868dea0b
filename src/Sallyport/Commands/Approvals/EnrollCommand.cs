using System.CommandLine;
using Sallyport.Configuration.Checks;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Commands.Approvals;

/// <summary>Makes a person who may decide at the command line; only a hash of the person's secret goes into the settings.</summary>
internal static class EnrollCommand
{
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The name that the audit uses." };
        var command = new Command("enroll", "Prints an entry for 'approvals.people' with the hash of a new secret; the secret itself is shown once, on standard error.") { name };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            if (!CallerChecks.IsName(parse.GetValue(name)!))
                return console.Fail("That is not a name.", "Use 1 to 64 letters, digits, dots, dashes, underscores and @.", ExitCode.BadConfiguration);
            var (secret, hash) = ApproverSecret.New();
            console.Result($"    - {{ name: \"{parse.GetValue(name)}\", secretHash: \"{hash}\" }}");
            console.Note($"Secret, shown only now: {secret}");
            console.Note("Put the line above below 'approvals: people:' in sallyport.yaml, in a file that the agent's account cannot write; keep the secret where the agent cannot read.");
            return ExitCode.Well;
        });
        return command;
    }
}
