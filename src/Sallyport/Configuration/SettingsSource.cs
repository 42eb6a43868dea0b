using Sallyport.Configuration.Loading;
using Sallyport.Configuration.Reference;
using Sallyport.Core.Settings;

namespace Sallyport.Configuration;

/// <summary>Reads the settings from everywhere they may be, as often as asked. Nothing is kept between two readings.</summary>
internal sealed class SettingsSource(SettingsInputs inputs)
{
    private readonly SettingsSchema _schema = SettingsSchema.For(inputs.Connectors);

    public LoadedSettings Load()
    {
        List<SettingsProblem> problems = [];
        List<string> warnings = [];
        var dotEnv = Optional(Path.Combine(inputs.Directory, ".env"), problems);
        var variables = new VariableSource(inputs.Environment, dotEnv is null ? Empty : DotEnvFile.Read(dotEnv.Text, ".env", problems));
        var file = SettingsFile(variables, problems);
        var name = file is null ? "" : Path.GetFileName(file.Path);
        var root = (file is null ? null : YamlTree.Read(file.Text, line => new Origin(OriginKind.File, $"{name}:{line}"), problems))
            ?? new MapNode(Origin.Default);

        var import = Import(variables, problems, warnings);
        var layers = new SettingsLayers(root, _schema.Schema.Root, problems);
        layers.Apply(variables, import, inputs.CommandLine, warnings);
        Starters.AddTo(root, inputs.Connectors);

        var references = new References(variables, file is null ? inputs.Directory : Path.GetDirectoryName(file.Path)!);
        var typed = TypedSettings.Write(root, _schema, references);
        problems.AddRange(typed.Problems(_schema.Schema));
        problems.AddRange(layers.UnknownVariables(references.VariablesUsed));
        warnings.AddRange(typed.Warnings);
        Protect(file, typed.HasSecretInFile, problems);
        Protect(dotEnv, typed.HasSecretInDotEnv, problems);

        var settings = problems.Count > 0 ? null : SettingsReader.Read(typed, inputs.Connectors, problems, warnings);
        return problems.Count > 0
            ? new LoadedSettings(null, null, problems, warnings, file?.Path)
            : new LoadedSettings(settings, new SettingsView(typed.Json, _schema.Schema.Root, typed.Origins), problems, warnings, file?.Path);
    }

    private static readonly Dictionary<string, string> Empty = [];

    private SettingsImport Import(VariableSource variables, List<SettingsProblem> problems, List<string> warnings)
    {
        var import = new SettingsImport(variables.All);
        ReferenceVariables.Import(import);
        foreach (var connector in inputs.Connectors)
            connector.ImportEnvironment(import);
        problems.AddRange(import.Refusals.Select(sentence => new SettingsProblem("", sentence)));
        warnings.AddRange(import.Warnings);
        return import;
    }

    private PrivateFile? SettingsFile(VariableSource variables, List<SettingsProblem> problems)
    {
        if ((inputs.File ?? variables.Find("SALLYPORT_CONFIG")?.Value) is { } named)
        {
            var file = PrivateFile.TryRead(Path.Combine(inputs.Directory, named), out var problem);
            if (problem is not null)
                problems.Add(new SettingsProblem("", $"the settings cannot be read: {problem}"));
            return file;
        }

        return Optional(Path.Combine(inputs.Directory, "sallyport.yaml"), problems)
            ?? (inputs.Home is null ? null : Optional(Path.Combine(inputs.Home, ".config", "sallyport", "sallyport.yaml"), problems));
    }

    private static PrivateFile? Optional(string path, List<SettingsProblem> problems)
    {
        if (!File.Exists(path))
            return null;
        var file = PrivateFile.TryRead(path, out var problem);
        if (problem is not null)
            problems.Add(new SettingsProblem("", problem));
        return file;
    }

    private static void Protect(PrivateFile? file, bool holdsSecrets, List<SettingsProblem> problems)
    {
        if (holdsSecrets && file?.Exposure is { } exposure)
            problems.Add(new SettingsProblem("", exposure));
    }
}
