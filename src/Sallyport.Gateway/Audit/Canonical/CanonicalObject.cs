using System.Buffers;
using System.Buffers.Text;

namespace Sallyport.Gateway.Audit.Canonical;

/// <summary>Writes one flat object in canonical form; the caller adds the members in order of their names, absent ones included.</summary>
internal ref struct CanonicalObject(ArrayBufferWriter<byte> to)
{
    /// <summary>Characters of one value; more come only from somebody who wants to flood the log, and are cut with a mark.</summary>
    public const int MaxText = 1024;

    /// <summary>Characters of one id in a list.</summary>
    public const int MaxId = 256;

    private const int MaxInt64Length = 20;
    private const int TimeLength = 24;
    private bool _hasMembers;

    public void Add(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<char> value)
    {
        AddName(name);
        CanonicalText.Write(to, value);
    }

    public void Add(scoped ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) Add(name, Cut(value, MaxText));
    }

    public void Add(scoped ReadOnlySpan<byte> name, long? value)
    {
        if (value is not { } number) return;
        AddName(name);
        Utf8Formatter.TryFormat(number, to.GetSpan(MaxInt64Length), out var written);
        to.Advance(written);
    }

    public void Add(scoped ReadOnlySpan<byte> name, bool value) => AddJson(name, value ? "true"u8 : "false"u8);

    public void Add(scoped ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (values is null) return;
        AddName(name);
        to.Write("["u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) to.Write(","u8);
            CanonicalText.Write(to, Cut(values[i], MaxId));
        }

        to.Write("]"u8);
    }

    /// <summary>UTC to the millisecond: `2026-01-02T03:04:05.000Z`.</summary>
    public void Add(scoped ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<char> text = stackalloc char[TimeLength];
        time.UtcDateTime.TryFormat(text, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
        Add(name, text);
    }

    /// <summary>Adds text that needs no escape, such as hexadecimal digits.</summary>
    public void AddPlain(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        AddName(name);
        to.Write("\""u8);
        to.Write(value);
        to.Write("\""u8);
    }

    /// <summary>Adds a value that is canonical JSON already.</summary>
    public void AddJson(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> canonical)
    {
        if (canonical.IsEmpty) return;
        AddName(name);
        to.Write(canonical);
    }

    private static ReadOnlySpan<char> Cut(string text, int max) => text.Length <= max ? text : string.Concat(text.AsSpan(0, max - 1), "…");

    private void AddName(scoped ReadOnlySpan<byte> name)
    {
        to.Write(_hasMembers ? ",\""u8 : "{\""u8);
        to.Write(name);
        to.Write("\":"u8);
        _hasMembers = true;
    }
}
