using Sallyport.Gateway.Shaping.Values;

namespace Sallyport.Gateway.Shaping.Writing;

/// <summary>What the gate itself writes around an answer, and how much of the budget that takes.</summary>
internal sealed class ResultFrame
{
    private const int MostTotalDigits = 12;

    // Everything but the numbers, with the longest reason.
    private const int CappedWords = 49;
    private const int NextWords = 10;
    private const int CutWords = 7;
    private const int SanitizedWords = 13;

    private readonly ShapeOptions _options;
    private readonly byte[]? _tenant;
    private readonly int _cutLength;

    public ResultFrame(ShapeOptions options)
    {
        _options = options;
        _tenant = options.Tenant is null ? null : JsonText.Escape(options.Tenant);
        _cutLength = Math.Clamp(options.MaxBytes / 8, 32, 1024);
        WarningRoom = options.Wrap && !options.WrapMembers.IsEmpty ? GateWords.WarningLength : 0;
        HeadLength = (_tenant is null ? 0 : GateWords.Tenant.Length + _tenant.Length + 5) + (options.Warning ? GateWords.WarningLength - 1 : 0)
            + (_tenant is not null && options.Warning ? 1 : 0);
    }

    /// <summary>Bytes of tenant and warning.</summary>
    public int HeadLength { get; }

    public int WarningRoom { get; }

    /// <summary>Bytes kept for members that follow the rows, of which an upstream's own page token is often one.</summary>
    public int LateRoom => Math.Min(_options.MaxBytes / 16, 4096);

    /// <summary>
    /// Bytes for members and rows in a result that says what was left out; at least that much is there whatever it has
    /// to say.
    /// </summary>
    public int SettledRoom => _options.MaxBytes - Length(0, 0, 0, int.MaxValue, isCapped: true) - 3;

    /// <summary>Bytes of a whole result with parts of these lengths.</summary>
    public int Length(int before, int rows, int after, int sanitized, bool isCapped)
    {
        var parts = (HeadLength > 0 ? 1 : 0) + (before > 0 ? 1 : 0) + (rows > 0 ? 1 : 0) + (after > 0 ? 1 : 0);
        var length = 2 + HeadLength + before + rows + after;
        if (sanitized > 0)
        {
            parts++;
            length += SanitizedWords + Math.Min(JsonText.Digits(sanitized), JsonText.Digits(_options.MaxBytes) + 2);
        }

        if (isCapped)
        {
            parts++;
            length += CappedWords + JsonText.Digits(_options.MaxBytes) + MostTotalDigits + CutWords + _cutLength;
            length += _options.Next is null ? 0 : NextWords + _options.MaxNextBytes;
        }

        return length + Math.Max(0, parts - 1);
    }

    public void WriteHead(PooledBuffer json)
    {
        if (_tenant is not null)
        {
            JsonText.Name(json, GateWords.Tenant);
            JsonText.Quote(json, _tenant);
        }

        if (_options.Warning)
        {
            JsonText.Name(json, GateWords.Warning);
            JsonText.Quote(json, GateWords.WarningText);
        }
    }

    public static void WriteSanitized(PooledBuffer json, int sanitized)
    {
        JsonText.Name(json, GateWords.Sanitized);
        JsonText.Number(json, sanitized);
    }

    public void WriteCapped(PooledBuffer json, CapReason reason, long returned, long total, string? next, CutList cuts)
    {
        JsonText.Name(json, GateWords.Capped);
        json.Add("{\"reason\":"u8);
        JsonText.Quote(json, reason switch
        {
            CapReason.Bytes => "bytes"u8,
            CapReason.Rows => "rows"u8,
            _ => "text"u8,
        });
        JsonText.Name(json, "returned"u8);
        JsonText.Number(json, returned);
        JsonText.Name(json, "total"u8);
        JsonText.Number(json, total);
        if (next is not null)
        {
            JsonText.Name(json, "next"u8);
            JsonText.Quote(json, JsonText.Escape(next));
        }

        if (!cuts.IsEmpty)
        {
            JsonText.Name(json, "cut"u8);
            cuts.Write(json, _cutLength);
        }

        json.Add((byte)'}');
    }
}
