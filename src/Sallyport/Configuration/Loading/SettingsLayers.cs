using Sallyport.Core.Schemas;
using Sallyport.Core.Settings;

namespace Sallyport.Configuration.Loading;

/// <summary>Lays variables and the command line over the file, weakest first: .env, environment, command line.</summary>
internal sealed class SettingsLayers(MapNode root, SchemaNode schema, List<SettingsProblem> problems)
{
    private const string Prefix = "SALLYPORT_";
    private const string Tenants = "tenants.";
    private const string DefaultTenant = "defaultTenant";

    // Kubernetes sets SALLYPORT_SERVICE_HOST, SALLYPORT_PORT_8765_TCP and so on for a service of that name; the first three are for commands.
    private static readonly string[] NotSettings = ["SALLYPORT_CONFIG", "SALLYPORT_TOKEN", "SALLYPORT_APPROVER_SECRET", "SALLYPORT_SERVICE_", "SALLYPORT_PORT"];

    private readonly List<(string Variable, SettingsProblem Problem)> _unknown = [];

    public void Apply(VariableSource variables, SettingsImport import, IEnumerable<CommandLineSetting> commandLine, List<string> warnings)
    {
        var imported = Imported(import, warnings).ToList();
        var own = variables.All.Keys
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !NotSettings.Any(name.StartsWith))
            .Order(StringComparer.Ordinal).ToList();
        foreach (var kind in (OriginKind[])[OriginKind.DotEnv, OriginKind.Environment])
        {
            foreach (var setting in imported.Where(setting => variables.OriginOf(setting.Variable).Kind == kind))
                Set(setting.Path.Split('.'), new TextNode(setting.Value, TextStyle.Verbatim, variables.OriginOf(setting.Variable)), setting.Path);
            foreach (var name in own.Where(name => variables.OriginOf(name).Kind == kind))
                Own(name, new TextNode(variables.All[name], TextStyle.Untyped, variables.OriginOf(name)));
        }

        foreach (var setting in commandLine)
        {
            var origin = new Origin(OriginKind.CommandLine, $"command line: {setting.Option}");
            Set(setting.Path.Split('.'), new TextNode(setting.Value, TextStyle.Untyped, origin), setting.Path);
        }
    }

    /// <summary>SALLYPORT_ variables that are no setting, except those that some setting refers to.</summary>
    public IEnumerable<SettingsProblem> UnknownVariables(IReadOnlySet<string> referredTo)
        => _unknown.Where(unknown => !referredTo.Contains(unknown.Variable)).Select(unknown => unknown.Problem);

    /// <summary>Where the file describes tenants, stray variables (an AZURE_CLIENT_ID meant for something else) do not add one.</summary>
    private IEnumerable<ImportedSetting> Imported(SettingsImport import, List<string> warnings)
    {
        var describesTenants = root.Members.GetValueOrDefault("tenants") is MapNode tenants && tenants.Members.Keys.Any(id => id != "default");
        var ignored = describesTenants
            ? import.Settings.Where(setting => setting.Path == DefaultTenant || setting.Path.StartsWith(Tenants, StringComparison.Ordinal)).ToList()
            : [];
        if (ignored.Count > 0)
        {
            var names = string.Join(", ", ignored.Select(setting => setting.Variable).Distinct().Order(StringComparer.Ordinal));
            warnings.Add($"The settings file describes tenants, so these variables are not used: {names}.");
        }

        return import.Settings.Except(ignored);
    }

    private void Own(string variable, TextNode value)
    {
        var parts = variable[Prefix.Length..].Split("__");
        if (SettingsPath.Set(root, schema, parts, value, problems) is { } problem)
            _unknown.Add((variable, new SettingsProblem(variable, problem, value.Origin with { Where = "a variable" })));
    }

    private void Set(string[] parts, TextNode value, string path)
    {
        if (SettingsPath.Set(root, schema, parts, value, problems) is { } problem)
            problems.Add(new SettingsProblem(path, problem, value.Origin));
    }
}
