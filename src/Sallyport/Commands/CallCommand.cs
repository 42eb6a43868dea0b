using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Configuration;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting;

namespace Sallyport.Commands;

/// <summary>Runs one tool call through the whole pipeline: gates, audit, shaping, all of it.</summary>
internal static class CallCommand
{
    public static Command Build()
    {
        var tool = new Argument<string>("TOOL") { Description = "Canonical name or a reference server's name." };
        var file = OperatorSettings.FileOption();
        var args = new Option<string>("--args") { Description = "Arguments as a JSON object; - reads them from standard input.", HelpName = "JSON", DefaultValueFactory = _ => "{}" };
        var tenant = new Option<string?>("--tenant") { Description = "Tenant to call it for; * reads from all.", HelpName = "T" };
        var command = new Command("call", "Runs one tool call and prints its result as JSON; exit code 1 when it was refused, held or failed.") { tool, file, args, tenant };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var console = OperatorConsole.Of(parse);
            var json = parse.GetValue(args)!;
            if (json == "-")
                json = await Console.In.ReadToEndAsync(cancellationToken);
            if (Arguments(json) is not { } arguments)
                return console.Fail("--args is not a JSON object.", "Write for example --args '{\"limit\": 5}'.", ExitCode.BadConfiguration);
            return await GateSession.RunAsync(
                parse.GetValue(file), console, gate => CallAsync(gate, parse.GetValue(tool)!, arguments, parse.GetValue(tenant), console, cancellationToken), cancellationToken);
        });
        return command;
    }

    private static JsonObject? Arguments(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<int> CallAsync(
        GatewayParts gate, string tool, JsonObject arguments, string? tenant, OperatorConsole console, CancellationToken cancellationToken)
    {
        // With one tenant there is nothing to choose, and the argument is not offered.
        if (tenant is not null && (gate.Tenants.HasSeveral || gate.Tenants.Tenants.All(known => known.Id != tenant)))
            arguments[GateArgument.Tenant] = tenant;
        var request = new ToolCallRequest(GateSession.Operator, tool, JsonSerializer.SerializeToUtf8Bytes(arguments, SettingsJson.Default.JsonObject))
        {
            Progress = new ProgressLines(console),
        };
        var outcome = await gate.Pipeline.RunAsync(request, cancellationToken);
        if (outcome is ToolOutcome.Succeeded succeeded)
        {
            console.Result(Encoding.UTF8.GetString(succeeded.Json.Span));
            foreach (var attachment in succeeded.Attachments)
                console.Note($"Not printed: a file of {attachment.Bytes.Length} bytes, {attachment.MimeType}.");
            return ExitCode.Well;
        }

        var problem = outcome.Problem!;
        console.Result(Encoding.UTF8.GetString(ErrorJson.ToUtf8(outcome).Span));
        return console.Fail(problem.Message, problem.Hint ?? $"The audit has it under call id {outcome.CallId}.");
    }

    private sealed class ProgressLines(OperatorConsole console) : IProgress<ToolProgress>
    {
        public void Report(ToolProgress value)
            => console.Note(value.Total is { } total ? $"{value.Done:0}/{total:0} {value.Message}" : $"{value.Done:0} {value.Message}");
    }
}
