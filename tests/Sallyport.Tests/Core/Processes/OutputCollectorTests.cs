using Sallyport.Core.Processes;

namespace Sallyport.Tests.Core.Processes;

public sealed class OutputCollectorTests
{
    [Fact]
    public async Task A_flood_is_drained_and_counted_in_constant_memory()
    {
        const int flood = 100 * 1024 * 1024;
        var collector = new OutputCollector(capBytes: 1000, onLine: null);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await collector.ReadToEndAsync(new Flood { Left = flood }, default);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Equal(new CapturedOutput(new string('x', 1000), flood, IsTruncated: true), collector.Captured);
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_stop_the_reading_and_is_heard_at_the_end()
    {
        var calls = 0;
        var collector = new OutputCollector(capBytes: 1000, onLine: _ =>
        {
            calls++;
            throw new InvalidOperationException("full");
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => collector.ReadToEndAsync(new MemoryStream("one\ntwo\nthree"u8.ToArray()), default));

        Assert.Equal((1, "one\ntwo\nthree"), (calls, collector.Captured.Text));
    }

    /// <summary>A stream of the letter x that never waits, so that all work stays on the thread that measures.</summary>
    private sealed class Flood : Stream
    {
        public int Left { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => ValueTask.FromResult(Read(buffer.Span));

        public override int Read(Span<byte> buffer)
        {
            var read = Math.Min(buffer.Length, Left);
            buffer[..read].Fill((byte)'x');
            Left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
