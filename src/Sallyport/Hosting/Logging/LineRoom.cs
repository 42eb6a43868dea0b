using System.Buffers;
using System.Text;
using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Hosting.Logging;

/// <summary>Where one thread composes its log lines in JSON, one after the other.</summary>
#pragma warning disable CA1001 // The writer writes into memory that nobody else has: there is nothing to let go of.
internal sealed class LineRoom
#pragma warning restore CA1001
{
    private const int LongestKept = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _json;
    private char[] _line = new char[1024];

    public LineRoom() => _json = new Utf8JsonWriter(_bytes, PlainJson.Options);

    public bool IsLarge => _bytes.Capacity > LongestKept;

    public Utf8JsonWriter Begin()
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
        return _json;
    }

    public ReadOnlySpan<char> End()
    {
        _json.Flush();
        // Never more letters than bytes.
        if (_line.Length < _bytes.WrittenCount)
            _line = new char[_bytes.Capacity];
        return _line.AsSpan(0, Encoding.UTF8.GetChars(_bytes.WrittenSpan, _line));
    }
}
