namespace Sallyport.Core.Settings;

/// <summary>Where a connector puts what it read from another server's environment variables.</summary>
public sealed class SettingsImport(IReadOnlyDictionary<string, string> variables)
{
    private readonly List<ImportedSetting> _settings = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _refusals = [];

    public IReadOnlyList<ImportedSetting> Settings => _settings;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reasons why the program must not start, each naming its variable and never its value.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>All variables, for those whose names carry a part of their meaning.</summary>
    public IEnumerable<string> Names => variables.Keys;

    /// <summary>The variable's value, or null when it is not set or empty.</summary>
    public string? this[string variable] => variables.TryGetValue(variable, out var value) && value.Length > 0 ? value : null;

    /// <summary>Sets <paramref name="path"/> (for example <c>tenants.default.vectra.baseUrl</c>) to the variable's value, if it has one.</summary>
    public void Map(string variable, string path, Func<string, string>? convert = null)
    {
        if (this[variable] is { } value)
            Set(path, convert is null ? value : convert(value), variable);
    }

    public void Set(string path, string value, string variable) => _settings.Add(new ImportedSetting(path, value, variable));

    public void Warn(string sentence) => _warnings.Add(sentence);

    public void Refuse(string sentence) => _refusals.Add(sentence);
}

/// <summary>One value that came from a variable of a reference server.</summary>
public sealed record ImportedSetting(string Path, string Value, string Variable);
