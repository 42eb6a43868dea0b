using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Running;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Custom;

/// <summary>One program of an operator as a tool: its schema, and the command line that checked arguments make.</summary>
internal sealed class CustomTool(CustomToolSettings settings)
{
    public const string TargetArgument = "target";
    private const int MaxValueLength = 256;

    private readonly ExternalProgram _program = new(settings.Program, settings.Program);

    public string Name => settings.Name;

    public RunKind Kind { get; } = new(settings.Name, TimeSpan.FromSeconds(settings.MaxSeconds), settings.Concurrency);

    private JsonSchema Input { get; } = SchemaOf(settings);

    public static ProcessLimits LimitsOf(CustomToolSettings settings) => new(settings.MaxMemoryMegabytes * 1024L * 1024, OutputBytes: settings.MaxOutputBytes);

    public Tool ToTool() => new()
    {
        Name = settings.Name,
        Description = settings.Description,
        Access = settings.Access == CustomAccess.Read ? ToolAccess.Read : ToolAccess.Write,
        Permission = ToolPermission.Scan,
        IsDestructive = settings.Destructive,
        IsIdempotent = settings.Access == CustomAccess.Read,
        Input = Input,
        UntrustedMembers = ["stdout", "stderr"],
        Upstream = settings.Name,
        Toolset = "network",
        Pace = ScanTools.Pace,
        Handler = HandlerFor(settings.Name),
    };

    public async Task<CustomResult> RunAsync(
        ReadOnlyMemory<byte> arguments, Programs programs, TargetResolver resolver, TimeSpan longest, CancellationToken cancellationToken)
    {
        // Another tenant may have a tool of this name that takes other arguments.
        if (Input.Validate(arguments.Span) is [var error, ..]) throw new InvalidArgumentsException($"{error.Path} {error.Message}.");
        using var document = JsonDocument.Parse(arguments);
        var target = settings.Target == TargetPosition.None
            ? null
            : await resolver.RequireAsync(document.RootElement.GetProperty(TargetArgument).GetString()!, settings.MaxAddresses, cancellationToken);
        var command = CommandLine(document.RootElement, target);
        var result = await programs.RunAsync(Name, _program, command, longest, cancellationToken, LimitsOf(settings));
        if (result.End == ProcessEnd.Exited && !(settings.AnswerExitCodes ?? [0]).Contains(result.ExitCode)) throw Programs.Failure(_program, result);
        return new CustomResult(
            result.Output.Text, result.Error.Text, result.ExitCode, result.End == ProcessEnd.TimedOut, result.Output.IsTruncated, result.Error.IsTruncated,
            Math.Round(result.Elapsed.TotalSeconds, 3), command, target?.Text, target?.RequestedName);
    }

    private List<string> CommandLine(JsonElement arguments, ScanTarget? target)
    {
        List<string> place = [.. settings.TargetOption is { } flag ? [flag] : (string[])[], .. target is null ? [] : (string[])[target.Text]];
        List<string> command = [.. settings.FixedArguments ?? []];
        if (settings.Target == TargetPosition.First) command.AddRange(place);
        foreach (var option in settings.Options ?? [])
            if (arguments.TryGetProperty(option.Name, out var value))
                command.AddRange(Words(option, value));
        if (settings.Target != TargetPosition.Last) return command;
        if (settings.EndOfOptions) command.Add("--");
        command.AddRange(place);
        return command;
    }

    private static IEnumerable<string> Words(CustomOption option, JsonElement value)
    {
        if (option.Pattern is null) return value.GetBoolean() ? [option.Flag!] : [];
        var text = value.GetString()!;
        // Whatever the pattern says: a value is never an option, and never more than one line.
        if (text.Length == 0 || text[0] == '-' || text.Any(char.IsControl))
            throw new InvalidArgumentsException($"{option.Name} must not be empty, begin with '-' or hold a control character.");
        return option.Flag is null ? [text] : [option.Flag, text];
    }

    /// <summary>Finds the tool again in the calling tenant's client: tenants may define one name differently.</summary>
    private static ToolHandler HandlerFor(string name) => async (client, arguments, _, cancellationToken)
        => ToolContent.From(await ((NetworkClient)client).RunCustomAsync(name, arguments, cancellationToken), NetworkToolsJson.Default.CustomResult);

    private static JsonSchema SchemaOf(CustomToolSettings settings)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        if (settings.Target != TargetPosition.None)
        {
            properties[TargetArgument] = new JsonObject
            {
                ["description"] = "An address, network or host name inside the targets that the operator allows.",
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = 255,
            };
            required.Add((JsonNode)TargetArgument);
        }

        foreach (var option in settings.Options ?? [])
        {
            properties[option.Name] = option.Pattern is null
                ? new JsonObject { ["description"] = option.Description, ["type"] = "boolean" }
                : new JsonObject { ["description"] = option.Description, ["type"] = "string", ["pattern"] = $"^(?:{option.Pattern})$", ["maxLength"] = MaxValueLength };
            if (option.Required) required.Add((JsonNode)option.Name);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0) schema["required"] = required;
        return JsonSchema.Parse(JsonSerializer.SerializeToUtf8Bytes(schema, NetworkToolsJson.Default.JsonObject));
    }
}

/// <summary>What a custom program printed.</summary>
/// <param name="ExecutionTime">Seconds.</param>
/// <param name="Argv">The arguments it got; no path of this machine.</param>
internal sealed record CustomResult(
    string Stdout, string Stderr, int Returncode, bool TimedOut, bool TruncatedStdout, bool TruncatedStderr, double ExecutionTime, IReadOnlyList<string> Argv,
    string? Target = null, string? RequestedName = null);
