using System.CommandLine;
using Sallyport.Core;
using Sallyport.Core.Operating;

namespace Sallyport.Commands;

/// <summary>What connectors let an operator do, each under its own name.</summary>
internal static class ConnectorCommands
{
    public static IEnumerable<Command> Build(IEnumerable<IConnector> connectors)
        => connectors.Where(connector => connector.Commands.Count > 0).Select(Build);

    private static Command Build(IConnector connector)
    {
        var group = new Command(connector.Id, $"About {connector.Title}.");
        foreach (var command in connector.Commands)
            group.Add(Build(command));
        return group;
    }

    private static Command Build(OperatorCommand described)
    {
        var options = described.Options
            .Select(option => new Option<string>($"--{option.Name}") { Description = option.Description, HelpName = option.HelpName, Required = true })
            .ToList();
        var command = new Command(described.Name, described.Description);
        options.ForEach(command.Add);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            var values = options.ToDictionary(option => option.Name.TrimStart('-'), option => parse.GetValue(option)!, StringComparer.Ordinal);
            try
            {
                return await described.RunAsync(values, console.Output, cancellationToken) ? ExitCode.Well : ExitCode.Problem;
            }
            catch (UpstreamException exception)
            {
                return console.Fail(exception.Message, exception.Hint ?? "Try again.");
            }
            catch (InvalidArgumentsException exception)
            {
                return console.Fail(exception.Message, $"See 'sallyport {parse.CommandResult.Command.Parents.First().Name} {described.Name} --help'.", ExitCode.BadConfiguration);
            }
        });
        return command;
    }
}
