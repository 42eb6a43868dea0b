using System.Text.Json;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>How far one receiver got, kept in a file so that a restart loses nothing.</summary>
/// <param name="Place">Behind the newest record that is known to have arrived; null before the first.</param>
/// <param name="Gap">Records that were skipped and are not yet named in the chain.</param>
internal sealed record SinkCursor(TrailPlace? Place, SinkGap? Gap)
{
    public static string PathOf(string log, string sink) => $"{log}.{sink}.cursor";

    /// <summary>Null when there is none; an empty one, which means from the oldest record on, when it cannot be understood.</summary>
    public static SinkCursor? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), AuditJson.Default.SinkCursor) ?? new SinkCursor(null, null) : null;
        }
        catch (JsonException)
        {
            return new SinkCursor(null, null);
        }
    }

    public void Save(string path)
    {
        var draft = path + ".tmp";
        using (var stream = AuditPaths.Create(draft, FileMode.Create, FileShare.None))
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(this, AuditJson.Default.SinkCursor));
        File.Move(draft, path, overwrite: true);
    }
}

/// <summary>Records that a receiver never got.</summary>
internal sealed record SinkGap(long Count, long FirstSeq, long LastSeq)
{
    public static SinkGap Add(SinkGap? gap, long seq, long count = 1) =>
        gap is null ? new SinkGap(count, seq, seq + count - 1) : new SinkGap(gap.Count + count, gap.FirstSeq, seq + count - 1);
}
