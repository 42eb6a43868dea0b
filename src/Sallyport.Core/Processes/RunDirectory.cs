namespace Sallyport.Core.Processes;

/// <summary>A fresh directory that only this service can read, for one run of an external program; removed when disposed.</summary>
public sealed class RunDirectory : IDisposable
{
    private RunDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes the directory with mode 0700 under the system's directory for temporary files.</summary>
    public static RunDirectory Create() => new(Directory.CreateTempSubdirectory("sallyport-run-").FullName);

    public string PathOf(string fileName) => System.IO.Path.Combine(Path, fileName);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone cleaned the temporary directory: what we want is already so.
        }
    }
}
