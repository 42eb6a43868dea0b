using Sallyport.Core;

namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>Bytes that are made while they are read, so that a long list never lies in memory whole.</summary>
internal sealed class ChunkStream(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks) : AsyncReadStream
{
    private readonly CancellationTokenSource _closed = new();
    private IAsyncEnumerator<ReadOnlyMemory<byte>>? _chunks;
    private ReadOnlyMemory<byte> _rest;

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

    public override async ValueTask DisposeAsync()
    {
        if (_chunks is not null)
            await _chunks.DisposeAsync();
        _closed.Dispose();
        await base.DisposeAsync();
    }
}
