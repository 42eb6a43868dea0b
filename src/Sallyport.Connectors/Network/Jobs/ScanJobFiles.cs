using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Connectors.Network.Nmap;

namespace Sallyport.Connectors.Network.Jobs;

/// <summary>Background scans of one tenant on disk: one directory each, the job and its result as JSON, the oldest removed.</summary>
internal sealed class ScanJobFiles(string directory)
{
    /// <summary>Jobs kept; the oldest go first.</summary>
    private const int MaxJobs = 100;

    private const string JobFile = "job.json";
    private const string ReportFile = "result.json";

    /// <summary>nmap's own documents of one scan; more than this is not kept.</summary>
    private const long MaxRawBytes = 32 * 1024 * 1024;

    public void Save(ScanJob job) => Write(job.ScanId, JobFile, job, NetworkToolsJson.Default.ScanJob);

    public void Save(string scanId, ScanReport report) => Write(scanId, ReportFile, report, NetworkToolsJson.Default.ScanReport);

    /// <summary>Keeps nmap's own documents, those that are not kept already: once written, they do not change.</summary>
    public void SaveRaw(string scanId, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        for (var part = 1; part <= documents.Count; part++)
        {
            if (!File.Exists(RawPathOf(scanId, part)) && documents.Take(part).Sum(document => (long)document.Length) <= MaxRawBytes)
                Write(scanId, RawName(part), documents[part - 1].Span);
        }
    }

    /// <summary>nmap's own documents, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> RawOf(string scanId)
        => [.. Enumerable.Range(1, int.MaxValue).Select(part => RawPathOf(scanId, part)).TakeWhile(File.Exists).Select(path => (ReadOnlyMemory<byte>)File.ReadAllBytes(path))];

    public ScanJob? Find(string scanId) => Read(scanId, JobFile, NetworkToolsJson.Default.ScanJob);

    public ScanReport? ReportOf(string scanId) => Read(scanId, ReportFile, NetworkToolsJson.Default.ScanReport);

    /// <summary>Newest first: ids begin with their time.</summary>
    public IEnumerable<ScanJob> All() => Ids().OrderDescending(StringComparer.Ordinal).Select(Find).OfType<ScanJob>();

    /// <summary>Makes room for one more; jobs that still run are kept.</summary>
    public void RemoveOldest()
    {
        foreach (var job in All().Skip(MaxJobs - 1).Where(job => job.IsOver))
            Directory.Delete(PathOf(job.ScanId), recursive: true);
    }

    private IEnumerable<string> Ids()
        => Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Select(path => Path.GetFileName(path)).Where(ScanId.IsValid) : [];

    private string PathOf(string scanId)
        => ScanId.IsValid(scanId) ? Path.Combine(directory, scanId) : throw new ArgumentException("An id that goes into a path is checked before.", nameof(scanId));

    private static string RawName(int part) => string.Create(CultureInfo.InvariantCulture, $"nmap-{part}.xml");

    private string RawPathOf(string scanId, int part) => Path.Combine(PathOf(scanId), RawName(part));

    private void Write<T>(string scanId, string file, T value, JsonTypeInfo<T> type) => Write(scanId, file, JsonSerializer.SerializeToUtf8Bytes(value, type));

    private void Write(string scanId, string file, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(scanId);
        Directory.CreateDirectory(path);
        var whole = Path.Combine(path, file);
        // A reader sees the old file or the new one, never half of one.
        var fresh = whole + ".new";
        File.WriteAllBytes(fresh, bytes);
        File.Move(fresh, whole, overwrite: true);
    }

    private T? Read<T>(string scanId, string file, JsonTypeInfo<T> type)
        where T : class
    {
        var path = Path.Combine(PathOf(scanId), file);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (JsonException)
        {
            // Written by an older version: as good as gone.
            return null;
        }
    }
}

/// <summary>The form of a handle: 32 lower-case hexadecimal digits.</summary>
internal static class ScanId
{
    public const string Pattern = "^[0-9a-f]{32}$";

    public static bool IsValid(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);
}
