using Sallyport.Configuration;
using Sallyport.Core.Settings;
using Sallyport.Hosting;

namespace Sallyport.Commands.Doctor;

/// <summary>Looks at what settings say and at who else can read and write what the gate keeps.</summary>
internal static class FileChecks
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static IEnumerable<Finding> Of(LoadedSettings loaded)
    {
        yield return new Finding("settings", loaded.File ?? "defaults", Health.Well, "every setting is understood");
        foreach (var warning in loaded.Warnings)
            yield return new Finding("settings", loaded.File ?? "defaults", Health.Weak, warning);
        var state = StateFolder.Of(loaded.Settings!);
        yield return Folder(state);
        var audit = AuditStart.FileOf(loaded.Settings!);
        if (Path.GetDirectoryName(Path.GetFullPath(audit)) is { } folder && folder != state)
            yield return Folder(folder);
        if (File.Exists(audit) && PrivateFile.ModeOf(audit) is { } mode && (mode & Others) != 0)
            yield return new Finding("files", audit, Health.Broken, "others may read or change the audit", $"Run: chmod 600 {audit}");
    }

    private static Finding Folder(string path)
    {
        try
        {
            StateFolder.Make(path);
            using var probe = new FileStream(Path.Combine(path, $".doctor-{Environment.ProcessId}"), new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Finding("files", path, Health.Broken, "cannot be written", "Make it writable for the user that runs the gate, or set state.directory.");
        }

        return PrivateFile.ModeOf(path) is { } mode && (mode & Others) != 0
            ? new Finding("files", path, Health.Weak, "others may look into it", $"Run: chmod 700 {path}")
            : new Finding("files", path, Health.Well, "can be written, by its owner only");
    }
}
