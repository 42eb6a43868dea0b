using System.CommandLine;
using System.Text.Json;
using Sallyport.Configuration.Sections;
using Sallyport.Core;

namespace Sallyport.Commands;

/// <summary>Decides held calls of a gate that is serving over HTTP.</summary>
internal static class ApprovalsCommand
{
    public const string TokenVariable = "SALLYPORT_TOKEN";

    public static Command Build()
    {
        var list = new Command("list", "Lists the calls that wait for a person.");
        var approve = Decision("approve", "Lets a held call run, once, exactly as it was asked.");
        var deny = Decision("deny", "Refuses a held call.");
        return new Command("approvals", $"Decides held calls. Proves who you are with the token in {TokenVariable}.")
        {
            WithGate(list, (_, gate, console, cancellationToken) => ListAsync(gate, console, cancellationToken)),
            WithGate(approve.Command, (parse, gate, console, cancellationToken) => DecideAsync(gate, parse.GetValue(approve.Id)!, "approve", console, cancellationToken)),
            WithGate(deny.Command, (parse, gate, console, cancellationToken) => DecideAsync(gate, parse.GetValue(deny.Id)!, "deny", console, cancellationToken)),
        };
    }

    private static (Command Command, Argument<string> Id) Decision(string verb, string description)
    {
        var id = new Argument<string>("ID") { Description = "The approvalId of the held call." };
        return (new Command(verb, description) { id }, id);
    }

    private static Command WithGate(Command command, Func<ParseResult, ServingGate, OperatorConsole, CancellationToken, Task<int>> work)
    {
        var file = OperatorSettings.FileOption();
        var url = new Option<string?>("--url") { Description = "Where the gate serves; http.listen of the settings when left out.", HelpName = "URL" };
        command.Add(file);
        command.Add(url);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
                return console.Fail($"{TokenVariable} is not set.", "Set it to the token of a caller with the role approver or admin.", ExitCode.BadConfiguration);
            if (AddressOf(parse.GetValue(url), parse.GetValue(file), console) is not { } address)
                return ExitCode.BadConfiguration;
            using var gate = new ServingGate(address, new Secret(token));
            try
            {
                return await work(parse, gate, console, cancellationToken);
            }
            catch (UpstreamException failure)
            {
                return console.Fail(failure.Message, $"Check that a gate serves at {address.GetLeftPart(UriPartial.Authority)}, and the token.");
            }
        });
        return command;
    }

    private static Uri? AddressOf(string? url, string? file, OperatorConsole console)
    {
        if (url is not null)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var given) && given.Scheme is "http" or "https")
                return given;
            console.Fail("--url is not an http or https address.", "Write for example http://127.0.0.1:8765.");
            return null;
        }

        if (OperatorSettings.Load(OperatorSettings.Source(file), console) is not { Settings: { } settings })
            return null;
        var listen = Listen.TryParse(settings.Http.Listen)!.Value;
        return new Uri($"{(settings.Http.Tls is null ? "http" : "https")}://{listen}/");
    }

    private static async Task<int> ListAsync(ServingGate gate, OperatorConsole console, CancellationToken cancellationToken)
    {
        using var answer = await gate.SendAsync(HttpMethod.Get, "approvals", cancellationToken);
        foreach (var held in answer.RootElement.GetProperty("approvals").EnumerateArray())
        {
            console.Result($"{Text(held, "id")}  {Text(held, "tool")}  tenant {Text(held, "tenant")}  asked by {Text(held, "caller")}  until {Text(held, "expires")}");
            console.Result($"    {Text(held, "reason")} {held.GetProperty("arguments").GetRawText()}");
        }

        console.Note($"{answer.RootElement.GetProperty("approvals").GetArrayLength()} calls wait.");
        return ExitCode.Well;
    }

    private static async Task<int> DecideAsync(ServingGate gate, string id, string verb, OperatorConsole console, CancellationToken cancellationToken)
    {
        using var answer = await gate.SendAsync(HttpMethod.Post, $"approvals/{Uri.EscapeDataString(id)}/{verb}", cancellationToken);
        if (answer.RootElement.TryGetProperty("error", out var error))
            return console.Fail(Text(error, "message"), "'sallyport approvals list' lists the calls that wait.");
        console.Result($"{id}: {Text(answer.RootElement, "outcome")}");
        return ExitCode.Well;
    }

    private static string Text(JsonElement element, string member)
        => element.TryGetProperty(member, out var value) ? string.Concat(value.ToString().Select(c => char.IsControl(c) ? '?' : c)) : "";
}
