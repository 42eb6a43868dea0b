namespace Sallyport.Gateway.Audit.Files;

/// <summary>The log and the two files that belong to it, wherever a symbolic link may have pointed.</summary>
internal sealed record AuditPaths(string Log, string State, string Lock)
{
    public static AuditPaths Of(string file)
    {
        var named = new FileInfo(file);
        var log = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        return new AuditPaths(log, log + ".chain", log + ".lock");
    }

    public void CreateFolder()
    {
        var folder = Path.GetDirectoryName(Log)!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Whether another process writes this log.</summary>
    public bool IsHeld()
    {
        try
        {
            using var held = new FileStream(Lock, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Opens a file unbuffered for reading and writing; a new one is for its owner only.</summary>
    public static FileStream Create(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Opens a file for reading while somebody else writes, moves or deletes it.</summary>
    public static FileStream Read(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
