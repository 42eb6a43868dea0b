using System.CommandLine;
using System.Security.Cryptography;
using Sallyport.Configuration.Sections;
using Sallyport.Core.Files;
using Sallyport.Gateway.Identity;

namespace Sallyport.Commands.Callers;

/// <summary>Makes, lists and removes callers. Of a token only its digest goes into the settings.</summary>
internal static class CallersCommand
{
    private const int TokenBytes = 32;

    public static Command Build() => new("callers", "Makes, lists and removes callers.") { Add(), List(), Remove() };

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "The name that audit, limits and approvals use." };
        var role = new Option<string>("--role") { Description = "reader, scanner, writer, approver, admin, or a role of yours.", HelpName = "ROLE", DefaultValueFactory = _ => "reader" };
        var tenants = new Option<string[]>("--tenant") { Description = "A tenant the caller may use; all of them when left out.", HelpName = "T" };
        var save = new Option<bool>("--save") { Description = "Write the entry into the settings file." };
        var file = OperatorSettings.FileOption();
        var command = new Command("add", "Prints an entry for 'callers:' with the digest of a new token; the token itself is shown once, on standard error.") { name, role, tenants, save, file };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            var digest = Convert.ToHexStringLower(TokenDirectory.DigestOf(token));
            var granted = parse.GetValue(tenants) is { Length: > 0 } some ? some : ["*"];
            var entry = $"- {{ name: {Quoted(parse.GetValue(name)!)}, tokenSha256: {digest}, role: {Quoted(parse.GetValue(role)!)}, tenants: [{string.Join(", ", granted.Select(Quoted))}] }}";
            if (parse.GetValue(save))
            {
                if (Change(parse.GetValue(file), console, text => CallersFile.Add(text, entry), "Leave out --save and paste the printed entry below 'callers:' yourself.") is var code and not ExitCode.Well)
                    return code;
                console.Note($"Token, shown only now: {token}");
                return ExitCode.Well;
            }

            console.Result($"  {entry}");
            console.Note($"Token, shown only now: {token}");
            console.Note("Put the line above below 'callers:' in sallyport.yaml and give the token to the caller.");
            return ExitCode.Well;
        });
        return command;
    }

    private static Command List()
    {
        var file = OperatorSettings.FileOption();
        var command = new Command("list", "Lists the callers of the settings: name, role, tenants, and how they prove themselves.") { file };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            if (OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(file)), console) is not { Settings: { } settings })
                return ExitCode.BadConfiguration;
            foreach (var caller in settings.Callers)
                console.Result($"{caller.Name}\t{caller.Role}\t{string.Join(',', caller.Tenants ?? ["*"])}\t{string.Join(", ", ProofsOf(caller))}");
            return ExitCode.Well;
        });
        return command;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("NAME") { Description = "The caller to remove." };
        var file = OperatorSettings.FileOption();
        var command = new Command("remove", "Takes a caller out of the settings file; a gate that is serving refuses its token from then on.") { name, file };
        command.SetAction(parse => Change(
            parse.GetValue(file), OperatorConsole.Of(parse), text => CallersFile.Remove(text, parse.GetValue(name)!),
            "'sallyport callers list' shows who there is; a caller of a variable, or of a list written in one line, is removed there by hand."));
        return command;
    }

    /// <summary>Changes the settings file if what comes out is right as a whole.</summary>
    private static int Change(string? file, OperatorConsole console, Func<string, string?> change, string otherwise)
    {
        if (OperatorSettings.Load(OperatorSettings.Source(file), console) is not { } loaded)
            return ExitCode.BadConfiguration;
        if (loaded.File is not { } path)
            return console.Fail("There is no settings file.", "Name one with --config.");
        if (change(File.ReadAllText(path)) is not { } changed)
            return console.Fail("The settings file has no such place.", otherwise);
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var beside = target + ".new";
        try
        {
            File.Copy(target, beside, overwrite: true);
            File.WriteAllText(beside, changed);
            if (OperatorSettings.Load(OperatorSettings.Source(beside), console) is null)
                return ExitCode.BadConfiguration;
            DurableFile.Replace(beside, target);
        }
        finally
        {
            File.Delete(beside);
        }

        console.Note($"{target} is changed.");
        return ExitCode.Well;
    }

    private static IEnumerable<string> ProofsOf(CallerSettings caller)
    {
        if (caller.Token is not null)
            yield return "token";
        if (caller.TokenSha256 is not null)
            yield return "token by its digest";
        if (caller.Certificate is { } certificate)
            yield return $"certificate {certificate}";
        if (caller.Forwarded is { } forwarded)
            yield return $"trusted proxy says {forwarded}";
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
