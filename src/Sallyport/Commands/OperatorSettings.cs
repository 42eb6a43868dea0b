using System.CommandLine;
using Sallyport.Configuration;
using Sallyport.Connectors;

namespace Sallyport.Commands;

/// <summary>The options by which a command finds its settings, and how it says that they are wrong.</summary>
internal static class OperatorSettings
{
    public static Option<string?> FileOption() => new("--config")
    {
        Description = "Settings file; otherwise SALLYPORT_CONFIG, ./sallyport.yaml, ~/.config/sallyport/sallyport.yaml.",
        HelpName = "FILE",
    };

    public static SettingsSource Source(string? file, params IEnumerable<CommandLineSetting> commandLine)
        => new(SettingsInputs.OfThisProcess(BuiltInConnectors.All) with { File = file, CommandLine = [.. commandLine] });

    /// <summary>The settings, or null when they are wrong and every reason has been said.</summary>
    public static LoadedSettings? Load(SettingsSource source, OperatorConsole console)
    {
        var loaded = source.Load();
        foreach (var warning in loaded.Warnings)
            console.Note($"warning: {warning}");
        if (loaded.Problems.Count == 0)
            return loaded;
        foreach (var problem in loaded.Problems)
            console.Note($"error: {problem}");
        console.Note(loaded.Problems.Count == 1
            ? "The settings have a mistake, so nothing was started. 'sallyport config check' checks them again."
            : $"The settings have {loaded.Problems.Count} mistakes, so nothing was started. 'sallyport config check' checks them again.");
        return null;
    }

    /// <summary>A setting for an option that was given, nothing for one that was not.</summary>
    public static IEnumerable<CommandLineSetting> When(string? value, string path, string option)
        => value is null ? [] : [new CommandLineSetting(path, value, option)];
}
