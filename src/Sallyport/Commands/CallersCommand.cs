using System.CommandLine;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Commands;

/// <summary>Makes a token for a caller and the entry that lets it in; only the token's digest goes into the settings.</summary>
internal static class CallersCommand
{
    private const int TokenBytes = 32;

    public static Command Build() => new("callers", "Makes callers.") { Add() };

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "The name that audit, limits and approvals use." };
        var role = new Option<string>("--role") { Description = "reader, scanner, writer, approver, admin, or a role of yours.", HelpName = "ROLE", DefaultValueFactory = _ => "reader" };
        var tenants = new Option<string[]>("--tenant") { Description = "A tenant the caller may use; all of them when left out.", HelpName = "T" };
        var command = new Command("add", "Prints an entry for 'callers:' with the digest of a new token; the token itself is shown once, on standard error.") { name, role, tenants };
        command.SetAction(parse =>
        {
            var console = OperatorConsole.Of(parse);
            var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
            var granted = parse.GetValue(tenants) is { Length: > 0 } some ? some : ["*"];
            console.Result($"  - {{ name: {Quoted(parse.GetValue(name)!)}, tokenSha256: {digest}, role: {Quoted(parse.GetValue(role)!)}, tenants: [{string.Join(", ", granted.Select(Quoted))}] }}");
            console.Note($"Token, shown only now: {token}");
            console.Note("Put the line above below 'callers:' in sallyport.yaml and give the token to the caller.");
            return ExitCode.Well;
        });
        return command;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
