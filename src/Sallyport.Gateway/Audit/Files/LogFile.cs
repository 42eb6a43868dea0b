using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Sallyport.Gateway.Audit.Files;

/// <summary>
/// The file that whole lines are appended to. A line that could not be written whole is cut off again before anything
/// follows it, and a file that somebody else moved, cut or wrote to is noticed and never overwritten.
/// </summary>
internal sealed partial class LogFile : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private FileStream? _stream;
    private SafeFileHandle? _handle;
    private FileStream? _setAside;
    private bool _isTorn;
    private bool _endsInsideLine;

    public LogFile(string path, ILogger logger)
    {
        _path = path;
        _logger = logger;
        Open();
    }

    /// <summary>Where the next line goes.</summary>
    public long End { get; private set; }

    public void Append(ReadOnlySpan<byte> line)
    {
        var handle = Ready();
        if (_endsInsideLine) line = (byte[])[(byte)'\n', .. line];
        try
        {
            RandomAccess.Write(handle, line, End);
        }
        catch
        {
            _isTorn = true;
            TryCut(handle);
            throw;
        }

        End += line.Length;
        _endsInsideLine = false;
    }

    /// <summary>Returns when everything appended so far is on the disk.</summary>
    public void Flush()
    {
        if (_setAside is not null)
        {
            RandomAccess.FlushToDisk(_setAside.SafeFileHandle);
            _setAside.Dispose();
            _setAside = null;
        }

        if (_handle is not null) RandomAccess.FlushToDisk(_handle);
    }

    /// <summary>Goes on in a new file when ours was moved away or deleted. If that fails, nothing can be appended until it works.</summary>
    public void FollowPath()
    {
        if (_handle is null) return;
        var named = new FileInfo(_path);
        if (named.Exists && named.Length == RandomAccess.GetLength(_handle)) return;

        LogMoved(_path);
        TryCut(_handle);
        Flush();
        Dispose();
        Open();
    }

    /// <summary>Gives the file another name and goes on in a new one. What is in it reaches the disk with the next flush.</summary>
    public void SetAside(string name)
    {
        if (_setAside is not null) Flush();
        Ready();
        // One rename, so that there is no moment at which the file has both names.
        File.Move(_path, name, overwrite: true);
        (_setAside, _stream, _handle) = (_stream, null, null);
        Open();
    }

    public void Dispose()
    {
        _setAside?.Dispose();
        _setAside = null;
        _stream?.Dispose();
        _handle = null;
    }

    private SafeFileHandle Ready()
    {
        var handle = _handle ?? Open();
        Cut(handle);
        var length = RandomAccess.GetLength(handle);
        if (length != End)
        {
            LogForeignChange(_path, End, length);
            FindEnd(handle, length);
        }

        return handle;
    }

    private SafeFileHandle Open()
    {
        _stream = AuditPaths.Create(_path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
        _handle = _stream.SafeFileHandle; // kept because asking the stream for it costs a seek each time
        _isTorn = false;
        FindEnd(_handle, RandomAccess.GetLength(_handle));
        return _handle;
    }

    private void TryCut(SafeFileHandle handle)
    {
        try
        {
            Cut(handle);
        }
        catch (IOException)
        {
            // The next append tries again before it writes.
        }
    }

    private void Cut(SafeFileHandle handle)
    {
        if (_isTorn) RandomAccess.SetLength(handle, End);
        _isTorn = false;
    }

    private void FindEnd(SafeFileHandle handle, long length)
    {
        var last = (byte)'\n';
        if (length > 0) RandomAccess.Read(handle, new Span<byte>(ref last), length - 1);
        End = length;
        _endsInsideLine = last != '\n';
    }

    [LoggerMessage(Level = LogLevel.Warning, EventName = "audit-file-moved", Message = "{Path} was moved or deleted; the audit log goes on in a new file")]
    private partial void LogMoved(string path);

    [LoggerMessage(Level = LogLevel.Critical, EventName = "audit-file-changed", Message = "{Path} was changed by somebody else: it ended at {Expected} and now ends at {Actual}")]
    private partial void LogForeignChange(string path, long expected, long actual);
}
