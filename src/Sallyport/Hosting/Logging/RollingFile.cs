using System.Globalization;
using System.Text;

namespace Sallyport.Hosting.Logging;

/// <summary>
/// A log file that is made for its owner only and does not grow for ever: when it is full it becomes <c>NAME.1</c>, the one before
/// <c>NAME.2</c> and so on, and the oldest goes. Whoever moves or deletes it from outside finds it anew; a pipe or a terminal is
/// only written to. Not for concurrent use.
/// </summary>
internal sealed class RollingFile : IDisposable
{
    private readonly string _path;
    private readonly long _mostBytes;
    private readonly int _backups;
    private FileStream _stream;

    /// <param name="mostBytes">Room of one file; what is written at once stays together, however long.</param>
    /// <param name="backups">Full files that are kept.</param>
    /// <exception cref="IOException">It cannot be opened, as an <see cref="UnauthorizedAccessException"/> says too.</exception>
    public RollingFile(string path, long mostBytes, int backups)
    {
        (_path, _mostBytes, _backups) = (Path.GetFullPath(path), mostBytes, backups);
        _stream = Open();
    }

    /// <summary>Writes some whole lines; a full disk may cost them, and stops nothing.</summary>
    public void TryWrite(ReadOnlySpan<char> lines)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(lines)];
        Encoding.UTF8.GetBytes(lines, bytes);
        Try(() => MakeRoom(bytes.Length));
        Try(() => _stream.Write(bytes));
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>When there is no room to be had, the old file grows on.</summary>
    private void MakeRoom(int bytes)
    {
        if (!_stream.CanSeek)
            return;
        if (WasMoved())
            Reopen();
        if (_stream.Length > 0 && _stream.Length + bytes > _mostBytes)
            Roll();
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads standard error has the lines all the same.
        }
    }

    private bool WasMoved()
    {
        var named = new FileInfo(_path);
        return !named.Exists || named.Length != _stream.Length;
    }

    private void Roll()
    {
        for (var number = _backups; number > 1; number--)
        {
            if (File.Exists(Backup(number - 1)))
                File.Move(Backup(number - 1), Backup(number), overwrite: true);
        }

        if (_backups > 0)
            File.Move(_path, Backup(1), overwrite: true);
        else
            File.Delete(_path);
        Reopen();
    }

    private void Reopen()
    {
        var next = Open();
        _stream.Dispose();
        _stream = next;
    }

    private string Backup(int number) => string.Create(CultureInfo.InvariantCulture, $"{_path}.{number}");

    private FileStream Open()
    {
        var options = new FileStreamOptions { BufferSize = 0, Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(_path, options);
    }
}
