using System.Text;

namespace Sallyport.Core.Settings;

/// <summary>A text file that may hold secrets, with who else could read it at the moment it was read.</summary>
public sealed record PrivateFile(string Path, string Text, UnixFileMode? Mode)
{
    public const int MaxBytes = 1024 * 1024;

    private const int SmallFile = 64 * 1024;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Why it must not hold secrets, with what to do; null when only its owner can touch it.</summary>
    public string? Exposure => Mode is { } mode && (mode & Others) != 0
        ? $"{Path} holds secrets and others may read or change it; run: chmod 600 {Path}"
        : null;

    /// <summary>Reads the file and the mode of the very handle it is read through. The problem is a sentence when it cannot be read.</summary>
    public static PrivateFile? TryRead(string path, out string? problem)
    {
        problem = null;
        try
        {
            using var handle = File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            if (length > MaxBytes)
            {
                problem = $"{path} is larger than {MaxBytes / 1024} KiB";
                return null;
            }

            var mode = OperatingSystem.IsWindows() ? (UnixFileMode?)null : File.GetUnixFileMode(handle);
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            // Files that are made up as they are read, such as pipes, say they are empty.
            var bytes = new byte[length > 0 ? length + 1 : SmallFile];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return new PrivateFile(path, new UTF8Encoding(false, true).GetString(bytes, start, read - start), mode);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = failure switch
            {
                FileNotFoundException or DirectoryNotFoundException => $"there is no file {path}",
                ArgumentException => $"{path} is not UTF-8 text",
                _ => $"{path} cannot be read; check that it is a file and who may read it",
            };
            return null;
        }
    }

    /// <summary>Who may do what with a file or directory; null where the system has no such modes.</summary>
    public static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    // The text may be a secret, so it is not printed.
    public override string ToString() => Path;
}
