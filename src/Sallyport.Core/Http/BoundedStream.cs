namespace Sallyport.Core.Http;

/// <summary>Reads at most so many bytes of an answer, within the attempt's time, and turns broken connections into upstream failures.</summary>
internal sealed class BoundedStream(Stream inner, long maxBytes, string name, Attempt attempt) : AsyncReadStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        using var either = attempt.Hears(cancellationToken) ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.Token);
        try
        {
            count = await inner.ReadAsync(buffer, either?.Token ?? attempt.Token);
        }
        catch (OperationCanceledException) when (attempt.TimedOut && !cancellationToken.IsCancellationRequested)
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
