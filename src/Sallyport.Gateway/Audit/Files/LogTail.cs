using System.Security.Cryptography;
using Sallyport.Gateway.Audit.Chain;

namespace Sallyport.Gateway.Audit.Files;

/// <summary>How a log ends: its last whole line, and the start of a line that was never finished.</summary>
/// <param name="Last">What the last whole line says of itself, believed or not.</param>
/// <param name="Torn">SHA-256 of what follows the last newline; null when nothing does.</param>
/// <param name="End">Offset behind the last newline.</param>
internal sealed record LogTail(ChainHead? Last, string? Torn, long End)
{
    private const int ChunkBytes = 1 << 16;

    public static LogTail Read(Stream log)
    {
        var end = LineStart(log, log.Length);
        var torn = Slice(log, end, log.Length);
        var last = LineBefore(log, end) is { } line && SealedRecord.TryRead(line, out var record) ? record.ToHead() : null;
        return new LogTail(last, torn is { Length: > 0 } ? Digest(torn) : null, end);
    }

    public static string Digest(ReadOnlySpan<byte> torn) => Convert.ToHexStringLower(SHA256.HashData(torn));

    /// <summary>The whole line whose newline is just before <paramref name="end"/>; null when there is none of a sensible size.</summary>
    public static byte[]? LineBefore(Stream log, long end)
    {
        if (end <= 0 || end > log.Length) return null;
        var line = Slice(log, LineStart(log, end - 1), end);
        return line is [.., (byte)'\n'] ? line[..^1] : null;
    }

    /// <summary>Where the line begins that <paramref name="end"/> is in or at the end of.</summary>
    private static long LineStart(Stream log, long end)
    {
        while (end > 0)
        {
            var from = Math.Max(0, end - ChunkBytes);
            var newline = Slice(log, from, end)!.AsSpan().LastIndexOf((byte)'\n');
            if (newline >= 0) return from + newline + 1;
            end = from;
        }

        return 0;
    }

    private static byte[]? Slice(Stream log, long from, long to)
    {
        if (to - from > LineReader.MaxLine) return null;
        var bytes = new byte[to - from];
        log.Position = from;
        log.ReadExactly(bytes);
        return bytes;
    }
}
