namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>Bytes that are made while they are read, so that a long list never lies in memory whole.</summary>
internal sealed class ChunkStream(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks) : Stream
{
    private readonly CancellationTokenSource _closed = new();
    private IAsyncEnumerator<ReadOnlyMemory<byte>>? _chunks;
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var cancels = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _closed);
        _chunks ??= chunks.GetAsyncEnumerator(_closed.Token);
        while (_rest.IsEmpty)
        {
            if (!await _chunks.MoveNextAsync())
                return 0;
            _rest = _chunks.Current;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Lists are read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_chunks is not null)
            await _chunks.DisposeAsync();
        _closed.Dispose();
        await base.DisposeAsync();
    }
}
