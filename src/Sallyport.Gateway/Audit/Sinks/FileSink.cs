using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>A file elsewhere, best on a disk that the gate's machine can only append to.</summary>
public sealed class FileSink(string path) : IAuditSink
{
    public TimeSpan Doubt => TimeSpan.Zero;

    public bool IsConnected => true;

    public int MaxRecordBytes => int.MaxValue;

    public Task SendAsync(IReadOnlyList<AuditLine> records, CancellationToken cancellationToken)
    {
        try
        {
            using var file = Open();
            foreach (var record in records) file.Write([.. record.Utf8.Span, (byte)'\n']);
            file.Flush(flushToDisk: true);
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SinkException("cannot be written", failure);
        }
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    public Task<bool> FinishAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
