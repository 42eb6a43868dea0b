using Sallyport.Gateway.Audit.Chain;
using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Ocsf;

namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>The records that are sent next, and how far the log was read for them.</summary>
/// <param name="plan">What the receiver is sent.</param>
/// <param name="after">Behind the newest record that was sent before.</param>
internal sealed class SinkBatch(SinkPlan plan, TrailPlace? after)
{
    /// <summary>A megabyte with room for what joins the records.</summary>
    private const int MaxBytes = 1_000_000;

    private readonly List<AuditLine> _records = [];
    private long _bytes;

    public IReadOnlyList<AuditLine> Records => _records;

    /// <summary>Behind the newest line that was read.</summary>
    public TrailPlace? Place { get; private set; } = after;

    /// <summary>Bytes of the log that were read.</summary>
    public long LogBytes { get; private set; }

    /// <summary>Records that this receiver cannot be sent, or that the log no longer has.</summary>
    public SinkGap? Gap { get; private set; }

    public bool IsFull => _records.Count >= plan.BatchRecords || _bytes >= MaxBytes;

    /// <summary>Takes what the log has, until the batch is full.</summary>
    public void Fill(TrailReader trail)
    {
        while (!IsFull && trail.TryRead(out var line)) Add(trail, line);
    }

    /// <summary>Reads over <paramref name="bytes"/> of the log and sends none of it.</summary>
    public void Skip(TrailReader trail, long bytes)
    {
        while (LogBytes < bytes && trail.TryRead(out var line))
        {
            LogBytes += line.Length + 1;
            if (SealedRecord.TryRead(line, out var record)) Pass(trail, record, isSkipped: IsWanted(record.Event));
        }
    }

    private void Add(TrailReader trail, ReadOnlySpan<byte> line)
    {
        LogBytes += line.Length + 1;
        // A line that is no record is for the verifier to judge, not for a receiver.
        if (!SealedRecord.TryRead(line, out var record)) return;
        var isWanted = IsWanted(record.Event);
        if (isWanted && AuditReader.Parse(line) is { } entry)
        {
            var native = line.ToArray();
            var sent = plan.Form == RecordForm.Ocsf ? OcsfRecord.Of(native, entry) : native;
            isWanted = sent.Length > plan.Sink.MaxRecordBytes;
            if (!isWanted)
            {
                _records.Add(new AuditLine(trail.File, trail.Line, sent, entry));
                _bytes += sent.Length;
            }
        }

        Pass(trail, record, isSkipped: isWanted);
    }

    private void Pass(TrailReader trail, in SealedRecord record, bool isSkipped)
    {
        var chain = SealedRecord.Text(record.Chain);
        var missing = Place?.Chain == chain && !plan.CheckpointsOnly ? record.Seq - Place.Seq - 1 : 0;
        if (missing > 0) Gap = SinkGap.Add(Gap, Place!.Seq + 1, missing);
        if (isSkipped) Gap = SinkGap.Add(Gap, record.Seq);
        Place = new TrailPlace(chain, record.Seq, SealedRecord.Text(record.Hmac), trail.Offset);
    }

    private bool IsWanted(ReadOnlySpan<byte> name) => !plan.CheckpointsOnly || name.SequenceEqual("checkpoint"u8) || name.SequenceEqual("start"u8);
}
