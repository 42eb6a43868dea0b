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
    public static RootCommand Build()
    {
        var root = new RootCommand("The guarded gate between AI agents and your security platforms.")
        {
            ServeCommand.Build(),
            DemoCommand.Build(),
            SimulateCommand.Build(),
            DoctorCommand.Build(),
            ConfigCommand.Build(),
            ToolsCommand.Build(),
            CallCommand.Build(),
            ApprovalsCommand.Build(),
            AuditCommand.Build(),
            CallersCommand.Build(),
        };
        foreach (var command in ConnectorCommands.Build(BuiltInConnectors.All))
            root.Add(command);
        root.SetAction(parse => new HelpAction().Invoke(parse));
        return root;
    }

    public static Task<int> RunAsync(string[] arguments) => RunAsync(arguments, new InvocationConfiguration());

    public static async Task<int> RunAsync(string[] arguments, InvocationConfiguration streams)
    {
        streams.EnableDefaultExceptionHandler = false;
        var parse = Build().Parse(arguments);
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
