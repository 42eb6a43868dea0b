using System.CommandLine;
using System.Globalization;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Verifying;
using Sallyport.Hosting;

namespace Sallyport.Commands;

/// <summary>Checks that the audit is as it was written, and shows it to people.</summary>
internal static class AuditCommand
{
    public static Command Build() => new("audit", "Checks and shows the audit.") { Verify(), Show(), Schema() };

    private static Command Verify()
    {
        var files = new Argument<string[]>("FILE") { Description = "Audit files, oldest first; those of the settings when left out.", Arity = ArgumentArity.ZeroOrMore };
        var config = OperatorSettings.FileOption();
        var keys = new Option<string[]>("--key-env") { Description = "Variable with the chain's key, for keys other than the settings' own.", HelpName = "NAME" };
        var kept = new Option<string[]>("--checkpoints") { Description = "File with checkpoints that were kept elsewhere: what they name must be in the audit.", HelpName = "FILE" };
        var command = new Command("verify", "Checks every record and link; names the first bad record. Exit code 1 when there is one.") { files, config, keys, kept };
        command.SetAction((parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            var named = parse.GetValue(files) ?? [];
            var known = new List<AuditKey>();
            foreach (var name in parse.GetValue(keys) ?? [])
            {
                if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } key)
                    return Task.FromResult(console.Fail($"The variable {name} is not set.", "Set it to the key of the chain.", ExitCode.BadConfiguration));
                known.Add(AuditKey.Parse(key));
            }

            // Files can be checked on a machine that has no settings, if the key is given.
            if (named.Length == 0 || known.Count == 0)
            {
                if (OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(config)), console) is not { Settings: { } settings })
                    return Task.FromResult(ExitCode.BadConfiguration);
                known.AddRange(AuditStart.KeysOf(settings));
                // Each process writes a log of its own, with a chain of its own.
                if (named.Length == 0)
                    named = [.. AuditStart.LogsOf(settings)];
                if (named.Length == 0)
                    console.Note("There is no audit yet.");
            }

            return Task.FromResult(Verify(named, known, parse.GetValue(kept) ?? [], console, cancellationToken));
        });
        return command;
    }

    private static int Verify(IReadOnlyList<string> files, List<AuditKey> keys, string[] checkpoints, OperatorConsole console, CancellationToken cancellationToken)
    {
        var found = AuditVerifier.Verify(files, keys, checkpoints, cancellationToken);
        foreach (var chain in found.Chains)
        {
            console.Result(string.Create(CultureInfo.InvariantCulture, $"{(chain.IsIntact ? "ok    " : "BROKEN")} chain {chain.Chain}: {chain.Records} records, key {chain.Key}"));
            foreach (var finding in chain.Findings)
                console.Result($"       {finding.Code} {finding.File}:{finding.Line} {finding.Sentence}");
        }

        if (found.FirstBad is not { } bad)
        {
            console.Result(string.Create(CultureInfo.InvariantCulture, $"intact: {found.Records} records in {found.Chains.Count} chains"));
            return ExitCode.Well;
        }

        console.Result($"broken: {bad.Code} at {bad.File}:{bad.Line}{(bad.Seq is { } seq ? string.Create(CultureInfo.InvariantCulture, $", record {seq}") : "")}");
        return console.Fail(bad.Sentence, bad.Rule == AuditRule.Unverifiable
            ? "Give the key with --key-env NAME; set audit.hmacKey (AUDIT_HMAC_KEY) so that records can be checked after a restart."
            : "Keep the file as it is and compare it with what was forwarded elsewhere.");
    }

    private static Command Show()
    {
        var file = new Argument<string?>("FILE") { Description = "Audit file; the settings' own when left out.", Arity = ArgumentArity.ZeroOrOne };
        var config = OperatorSettings.FileOption();
        var follow = new Option<bool>("--follow") { Description = "Go on with what is written from now on." };
        var command = new Command("show", "Prints the audit as readable lines.") { file, config, follow };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            var named = parse.GetValue(file);
            if (named is null)
            {
                if (OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(config)), console) is not { Settings: { } settings })
                    return ExitCode.BadConfiguration;
                named = AuditStart.FileOf(settings);
            }

            if (LogSeries.Of(named).Count == 0)
                return console.Fail($"There is no audit file {named}.", "Name the file, or check audit.file in the settings.");
            await foreach (var line in AuditReader.ReadAsync(named, parse.GetValue(follow), TimeProvider.System, cancellationToken))
                console.Result(line.Entry is { } entry ? AuditText.Of(entry) : $"line {line.Number} of {line.File} is no audit record");
            return ExitCode.Well;
        });
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Prints the JSON Schema of one record.");
        command.SetAction(parse => OperatorConsole.Of(parse).Result(ConfigCommand.SchemaText(AuditSchema.Schema)));
        return command;
    }
}
