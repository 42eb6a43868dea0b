namespace Sallyport.Core.Http;

/// <summary>Reads at most so many bytes of an answer, within the attempt's time, and turns broken connections into upstream failures.</summary>
internal sealed class BoundedStream(Stream inner, long maxBytes, string name, CancellationToken attempt) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt);
        try
        {
            count = await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (attempt.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(UpstreamFailure.Timeout, $"{name} did not finish its answer in time.");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new UpstreamException(UpstreamFailure.InvalidResponse, $"{name} broke off in the middle of its answer.", exception);
        }

        _read += count;
        if (_read > maxBytes)
            throw new UpstreamException(UpstreamFailure.TooLarge, $"{name} answered with more than {maxBytes >> 20} MiB.") { Hint = "Ask for less at a time." };
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
