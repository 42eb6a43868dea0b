using System.CommandLine;
using System.Text.Json;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;

namespace Sallyport.Commands.Approvals;

/// <summary>
/// Lists and decides held calls: over HTTP with a token, or where the gate keeps them, as a person whom the settings name
/// and with that person's secret.
/// </summary>
internal static class ApprovalsCommand
{
    public const string TokenVariable = "SALLYPORT_TOKEN";

    public static Command Build()
    {
        var list = new Command("list", "Lists the calls that wait for a person.");
        var approve = Decision("approve", "Lets a held call run, once, exactly as it was asked.");
        var deny = Decision("deny", "Refuses a held call.");
        return new Command("approvals", $"Decides held calls: over HTTP with the token in {TokenVariable}, else in the gate's state with the secret of a person from approvals.people.")
        {
            WithDoor(list, (_, door, console, cancellationToken) => ListAsync(door, console, cancellationToken)),
            WithDoor(approve.Command, (parse, door, console, cancellationToken) => DecideAsync(door, parse.GetValue(approve.Id)!, isApproved: true, console, cancellationToken)),
            WithDoor(deny.Command, (parse, door, console, cancellationToken) => DecideAsync(door, parse.GetValue(deny.Id)!, isApproved: false, console, cancellationToken)),
            EnrollCommand.Build(),
        };
    }

    private static (Command Command, Argument<string> Id) Decision(string verb, string description)
    {
        var id = new Argument<string>("ID") { Description = "The approvalId of the held call." };
        return (new Command(verb, description) { id }, id);
    }

    private static Command WithDoor(Command command, Func<ParseResult, IApprovalDoor, OperatorConsole, CancellationToken, Task<int>> work)
    {
        var file = OperatorSettings.FileOption();
        var url = new Option<string?>("--url") { Description = "Where the gate serves; http.listen of the settings when left out.", HelpName = "URL" };
        var person = new Option<string?>("--as") { Description = "Who decides, of approvals.people; needed when there are several.", HelpName = "NAME" };
        command.Add(file);
        command.Add(url);
        command.Add(person);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            var token = Environment.GetEnvironmentVariable(TokenVariable);
            var given = parse.GetValue(url);
            if (string.IsNullOrEmpty(token) && given is not null)
                return console.Fail($"{TokenVariable} is not set.", "Set it to the token of a caller with the role approver or admin.", ExitCode.BadConfiguration);
            if (given is not null && !(Uri.TryCreate(given, UriKind.Absolute, out var named) && named.Scheme is "http" or "https"))
                return console.Fail("--url is not an http or https address.", "Write for example http://127.0.0.1:8765.", ExitCode.BadConfiguration);
            var settings = given is null ? OperatorSettings.Load(OperatorSettings.Source(parse.GetValue(file)), console)?.Settings : null;
            if (given is null && settings is null)
                return ExitCode.BadConfiguration;
            using var door = string.IsNullOrEmpty(token)
                ? (IApprovalDoor)new StateDoor(settings!, parse.GetValue(person), console)
                : new GateDoor(given is null ? AddressOf(settings!) : new Uri(given), new Secret(token));
            try
            {
                return await work(parse, door, console, cancellationToken);
            }
            catch (UpstreamException failure)
            {
                return console.Fail(failure.Message, "Check that a gate serves there, and the token.");
            }
            catch (Exception failure) when (failure is ApprovalsUnavailableException or AuditUnavailableException)
            {
                return console.Fail(failure.Message, "Nothing was decided. Check state and audit in the settings, and who may write there.");
            }
        });
        return command;
    }

    private static Uri AddressOf(SallyportSettings settings)
        => new($"{(settings.Http.Tls is null ? "http" : "https")}://{Listen.TryParse(settings.Http.Listen)!.Value}/");

    private static async Task<int> ListAsync(IApprovalDoor door, OperatorConsole console, CancellationToken cancellationToken)
    {
        using var answer = await door.ListAsync(cancellationToken);
        if (answer.RootElement.TryGetProperty("error", out var error))
            return console.Fail(Text(error, "message"), "Listing needs a caller with the role approver or admin.");
        foreach (var held in answer.RootElement.GetProperty("approvals").EnumerateArray())
        {
            console.Result($"{Text(held, "id")}  {Text(held, "tool")}  tenant {Text(held, "tenant")}  asked by {Text(held, "caller")}  until {Text(held, "expires")}");
            console.Result($"    {Text(held, "reason")} {Printable(held.GetProperty("arguments").GetRawText())}");
            if (held.GetProperty("approvedBy").GetArrayLength() is > 0 and var yes)
                console.Result($"    {yes} of {Text(held, "approvers")} said yes.");
        }

        console.Note($"{answer.RootElement.GetProperty("approvals").GetArrayLength()} calls wait.");
        return ExitCode.Well;
    }

    private static async Task<int> DecideAsync(IApprovalDoor door, string id, bool isApproved, OperatorConsole console, CancellationToken cancellationToken)
    {
        if (await door.DecideAsync(id, isApproved, cancellationToken) is { } refusal)
            return console.Fail(Printable(refusal.Sentence), refusal.WhatToDo, refusal.Code);
        console.Result($"{id}: {(isApproved ? "approved" : "denied")}");
        return ExitCode.Well;
    }

    private static string Text(JsonElement element, string member) => element.TryGetProperty(member, out var value) ? Printable(value.ToString()) : "";

    /// <summary>What an agent wrote must not steer the terminal: anything but plain ASCII is shown as its escape.</summary>
    private static string Printable(string text)
        => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));
}
