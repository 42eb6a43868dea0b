using Sallyport.Configuration;

namespace Sallyport.Hosting.Reload;

/// <summary>The settings that hold, since when, and what became of the last change.</summary>
/// <param name="Generation">Counts up with every change that was applied.</param>
/// <param name="LastError">Why the last change was not applied; null once one was.</param>
/// <param name="PendingRestart">Settings that were changed and take effect with the next start only.</param>
internal sealed record SettingsState(
    LoadedSettings Loaded, int Generation, DateTimeOffset LoadedAt, string? LastError, IReadOnlyList<string> PendingRestart);
