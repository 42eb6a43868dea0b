namespace Sallyport.Gateway.Audit.Files;

/// <summary>A place in a log just behind one record, which is found again after the file was set aside.</summary>
/// <param name="Chain">Chain of that record.</param>
/// <param name="Seq">Its number.</param>
/// <param name="Hmac">Its seal.</param>
/// <param name="Offset">Where the next line begins in the file.</param>
internal sealed record TrailPlace(string Chain, long Seq, string Hmac, long Offset)
{
    /// <summary>Behind the newest record of a file; null when it has none.</summary>
    public static TrailPlace? Newest(string path)
    {
        using var log = AuditPaths.Read(path);
        var tail = LogTail.Read(log);
        return tail.Last is { } last ? new TrailPlace(last.Chain, last.Seq, last.Hmac, tail.End) : null;
    }
}
