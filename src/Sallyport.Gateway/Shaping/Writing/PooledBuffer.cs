using System.Buffers;

namespace Sallyport.Gateway.Shaping.Writing;

/// <summary>Bytes of a result while it is being built, in an array that is rented and given back.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private const int FirstSize = 1024;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Add(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>Appends bytes, which must not be this buffer's own.</summary>
    public void Add(scoped ReadOnlySpan<byte> values)
    {
        values.CopyTo(Reserve(values.Length));
        Length += values.Length;
    }

    /// <summary>Room for so many bytes at the end; <see cref="Commit"/> says how many were used.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
            Grow(count);
        return _bytes.AsSpan(Length);
    }

    public void Commit(int count) => Length += count;

    public void Truncate(int length) => Length = length;

    /// <summary>Hands the array over to whoever returns it to the pool.</summary>
    public byte[] Detach()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        return bytes;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(Detach());
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, Math.Max(Length + count, _bytes.Length * 2)));
        Written.CopyTo(larger);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
