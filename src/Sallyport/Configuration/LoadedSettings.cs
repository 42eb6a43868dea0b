using Sallyport.Configuration.Loading;

namespace Sallyport.Configuration;

/// <summary>What came of reading the settings: all of them, or everything that is wrong with them.</summary>
/// <param name="Settings">Null when there is any problem: a bad file changes nothing.</param>
/// <param name="View">What to show an operator; null together with <paramref name="Settings"/>.</param>
/// <param name="File">The settings file that was read, if there was one.</param>
internal sealed record LoadedSettings(
    SallyportSettings? Settings,
    SettingsView? View,
    IReadOnlyList<SettingsProblem> Problems,
    IReadOnlyList<string> Warnings,
    string? File);
