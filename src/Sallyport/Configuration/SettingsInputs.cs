using Sallyport.Core;

namespace Sallyport.Configuration;

/// <summary>Everything outside the program that settings are read from.</summary>
/// <param name="Directory">Where ./sallyport.yaml and .env are looked for.</param>
internal sealed record SettingsInputs(
    IReadOnlyList<IConnector> Connectors,
    IReadOnlyDictionary<string, string> Environment,
    string Directory)
{
    /// <summary>The file that --config names.</summary>
    public string? File { get; init; }

    public string? Home { get; init; }

    public IReadOnlyList<CommandLineSetting> CommandLine { get; init; } = [];

    /// <summary>This process's own surroundings.</summary>
    public static SettingsInputs OfThisProcess(IReadOnlyList<IConnector> connectors)
    {
        var environment = System.Environment.GetEnvironmentVariables();
        return new SettingsInputs(
            connectors,
            environment.Keys.Cast<string>().ToDictionary(name => name, name => (string?)environment[name] ?? "", StringComparer.Ordinal),
            System.Environment.CurrentDirectory)
        {
            Home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : null,
        };
    }
}

/// <summary>A setting that the command line gives.</summary>
/// <param name="Path">For example <c>http.listen</c>.</param>
/// <param name="Option">For example <c>--listen</c>.</param>
internal sealed record CommandLineSetting(string Path, string Value, string Option);
