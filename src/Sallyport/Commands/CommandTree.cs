using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Sallyport.Commands.Approvals;
using Sallyport.Commands.Callers;
using Sallyport.Commands.Demo;
using Sallyport.Commands.Doctor;
using Sallyport.Commands.Tools;
using Sallyport.Connectors;
using Sallyport.Core.Schemas;

namespace Sallyport.Commands;

/// <summary>The commands of the program, and the one way in which they fail.</summary>
internal static class CommandTree
{
    private static readonly OrderedDictionary<string, Func<Command>> Commands = new(StringComparer.Ordinal)
    {
        ["serve"] = ServeCommand.Build,
        ["demo"] = DemoCommand.Build,
        ["simulate"] = SimulateCommand.Build,
        ["doctor"] = DoctorCommand.Build,
        ["config"] = ConfigCommand.Build,
        ["tools"] = ToolsCommand.Build,
        ["call"] = CallCommand.Build,
        ["approvals"] = ApprovalsCommand.Build,
        ["audit"] = AuditCommand.Build,
        ["callers"] = CallersCommand.Build,
    };

    /// <param name="first">Of the arguments. When it names a command only that one is made, because a client waits while all are.</param>
    public static RootCommand Build(string? first = null)
    {
        var root = new RootCommand("The guarded gate between AI agents and your security platforms.");
        foreach (var command in first is not null && Commands.TryGetValue(first, out var named) ? [named()] : All())
            root.Add(command);
        root.SetAction(parse => new HelpAction().Invoke(parse));
        return root;
    }

    private static IEnumerable<Command> All() => Commands.Values.Select(static build => build()).Concat(ConnectorCommands.Build(BuiltInConnectors.All));

    public static Task<int> RunAsync(string[] arguments) => RunAsync(arguments, new InvocationConfiguration());

    public static async Task<int> RunAsync(string[] arguments, InvocationConfiguration streams)
    {
        streams.EnableDefaultExceptionHandler = false;
        if (arguments is ["serve", ..])
            HeadStart.Begin();
        var parse = Build(arguments.FirstOrDefault()).Parse(arguments);
        var console = new OperatorConsole(streams.Output, streams.Error);
        if (parse.Action is ParseErrorAction)
            return console.Fail(Mistake(parse), $"See '{Name(parse.CommandResult.Command)} --help'.", ExitCode.BadConfiguration);
        try
        {
            return await parse.InvokeAsync(streams);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Well;
        }
        catch (Exception unexpected) when (unexpected is IOException or UnauthorizedAccessException)
        {
            return console.Fail(unexpected.Message, "Check the path and who may use it.");
        }
#pragma warning disable CA1031 // What nobody foresaw: its text may quote anything, so only its class and place are told.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return console.Fail($"Something broke inside the program: {bug.GetType().Name}.", $"Please report it with these lines:\n{bug.StackTrace}");
        }
    }

    private static string Mistake(ParseResult parse)
    {
        if (parse.UnmatchedTokens is not [var token, ..])
            return parse.Errors[0].Message;
        var command = parse.CommandResult.Command;
        var known = token.StartsWith('-') ? command.Options.Select(option => option.Name) : command.Subcommands.Select(sub => sub.Name);
        return $"'{token}' {Suggestion.For(token, known)}";
    }

    private static string Name(Command command)
    {
        var names = new List<string>();
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            names.Insert(0, at is RootCommand ? "sallyport" : at.Name);
        return string.Join(' ', names);
    }
}
