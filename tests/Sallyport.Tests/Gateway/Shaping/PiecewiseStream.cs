namespace Sallyport.Tests.Gateway.Shaping;

/// <summary>Hands out a sequence of blocks in small pieces, without ever holding all of it.</summary>
internal sealed class PiecewiseStream(IEnumerable<byte[]> blocks, int piece) : Stream
{
    private readonly IEnumerator<byte[]> _blocks = blocks.GetEnumerator();
    private byte[] _block = [];
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_position == _block.Length)
        {
            if (!_blocks.MoveNext())
                return 0;
            (_block, _position) = (_blocks.Current, 0);
        }

        var read = Math.Min(Math.Min(buffer.Length, piece), _block.Length - _position);
        _block.AsSpan(_position, read).CopyTo(buffer);
        _position += read;
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
