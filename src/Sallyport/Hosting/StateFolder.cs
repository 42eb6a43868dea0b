using Sallyport.Configuration;

namespace Sallyport.Hosting;

/// <summary>The private directory in which the gate keeps what must survive a restart.</summary>
internal static class StateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Of(SallyportSettings settings)
    {
        if (settings.State.Directory is { } chosen)
            return Path.GetFullPath(chosen);
        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state)
            return Path.Combine(state, Product.Name);
        return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
            ? Path.Combine(home, ".local", "state", Product.Name)
            : Path.Combine("/var/lib", Product.Name);
    }

    /// <summary>Makes the directory for its owner only; one that exists is left as it is.</summary>
    public static string Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }
}
