using Sallyport.Core;

namespace Sallyport.Connectors.Eset.Execution;

/// <summary>Gives back the one byte by which an answer was found not to be empty, then the rest of it.</summary>
internal sealed class FirstByteStream(byte first, Stream rest) : AsyncReadStream
{
    private bool _isFirstRead;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isFirstRead || buffer.IsEmpty)
            return await rest.ReadAsync(buffer, cancellationToken);
        _isFirstRead = true;
        buffer.Span[0] = first;
        return 1;
    }
}
