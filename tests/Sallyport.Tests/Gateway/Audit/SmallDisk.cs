using System.Diagnostics;

namespace Sallyport.Tests.Gateway.Audit;

/// <summary>A real file system of 64 KiB that can be filled up; mounting one takes root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Mounts the disk, or skips the test with the reason why it cannot.</summary>
    public static SmallDisk Mount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("A disk of 64 KiB can only be mounted by root on Linux.");
        var folder = Directory.CreateTempSubdirectory("sallyport-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) == 0) return new SmallDisk(folder);
        Directory.Delete(folder);
        Assert.Skip("This machine does not let root mount a tmpfs.");
        return null;
    }

    public void MakeReadOnly() => Assert.Equal(0, Run("mount", "-o", "remount,ro", Folder));

    /// <summary>Takes the space that is left, but for what is left in pages that are in use.</summary>
    public void Fill()
    {
        using var ballast = File.Create(Ballast, bufferSize: 1);
        try
        {
            while (true) ballast.WriteByte(0);
        }
        catch (IOException)
        {
            // Full: that was the purpose.
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
