using System.Diagnostics;
using System.Text;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Bench;

/// <summary>A 100 MB answer of an upstream through a budget of 100 kB: how fast, and how much memory it takes beside the answer.</summary>
internal static class ShaperBench
{
    private const int Block = 1 << 20;
    private const int Blocks = 100;
    private const int Budget = 100_000;

    public static async Task RunAsync()
    {
        var row = """{"id":12345678901234,"name":"host","text":"some ordinary text 漢字 with \"quotes\" and \u00e9"},""";
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(row, Block / row.Length)));
        await ShapeAsync(block, 2);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Environment.WorkingSet;
        var started = Stopwatch.GetTimestamp();
        await ShapeAsync(block, Blocks);
        var taken = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(
            $"{"shaper, MB/s and MB added by 100 MB (goal 10)",-46}{block.Length * (double)Blocks / (1 << 20) / taken.TotalSeconds,10:F0}{taken.TotalMilliseconds,9:F0}{"",9}{(Environment.WorkingSet - before) >> 20,7}");
    }

    private static async Task ShapeAsync(byte[] block, int times)
    {
        await using var answer = new RepeatedStream(block, times);
        using var shaped = await ResultShaper.ShapeAsync(answer, new ShapeOptions { MaxBytes = Budget, Next = static row => $"r{row}" }, CancellationToken.None);
    }

    /// <summary>An array whose rows come one block after the other, so that the answer itself is never in memory.</summary>
    private sealed class RepeatedStream(byte[] block, int times) : Stream
    {
        private readonly byte[] _end = "{}]"u8.ToArray();
        private byte[] _piece = "["u8.ToArray();
        private int _at;
        private int _left = times + 1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (_at == _piece.Length)
            {
                if (_left == 0)
                    return 0;
                _left--;
                (_piece, _at) = (_left == 0 ? _end : block, 0);
            }

            var count = Math.Min(buffer.Length, _piece.Length - _at);
            _piece.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
