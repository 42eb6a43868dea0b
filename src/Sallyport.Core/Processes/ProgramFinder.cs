namespace Sallyport.Core.Processes;

/// <summary>Finds installed programs in a fixed list of system directories and refuses one that others could have replaced.</summary>
/// <param name="directories">Searched in this order.</param>
/// <param name="owner">A user who may own programs besides root.</param>
public sealed class ProgramFinder(IReadOnlyList<string> directories, uint owner = 0)
{
    /// <summary>The only directories searched; PATH of the server is never used.</summary>
    public static ProgramFinder System { get; } =
        new(["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]);

    /// <summary>The search path that programs themselves are started with.</summary>
    public string SearchPath { get; } = string.Join(':', directories);

    /// <summary>Looks for a program by bare name, or checks an absolute path that an operator configured.</summary>
    public FoundProgram Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.StartsWith('/'))
            return File.Exists(name) ? Check(name, name) : Missing(name, $"There is no file {name}.");
        if (name.Contains('/') || name is "." or "..")
            return Missing(name, $"'{name}' is neither a program name nor an absolute path.");

        FoundProgram? refused = null;
        foreach (var directory in directories)
        {
            var path = Path.Combine(directory, name);
            if (!File.Exists(path)) continue;
            var found = Check(name, path);
            if (found.Path is not null) return found;
            refused ??= found;
        }

        return refused ?? Missing(name, $"The program '{name}' is not installed in {SearchPath}.");
    }

    private FoundProgram Check(string name, string path)
    {
        // The link may point elsewhere (Debian's alternatives): both ends and their directories must be the system's own.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        foreach (var place in (string[])[target, Path.GetDirectoryName(target)!, Path.GetDirectoryName(path)!])
            if (FileRights.Read(place) is not { IsWritableByOthers: false, Uid: var uid } || (uid != 0 && uid != owner))
                return Missing(name, $"{place} is not owned by root or others may write to it, so '{name}' is not run.");
        return FileRights.Read(target) is { IsExecutable: true }
            ? new FoundProgram(name, path, null)
            : Missing(name, $"{target} is not executable.");
    }

    private static FoundProgram Missing(string name, string problem) => new(name, null, problem);
}

/// <summary>Where a program was found, or in one sentence why it cannot be used.</summary>
public sealed record FoundProgram(string Name, string? Path, string? Problem);
