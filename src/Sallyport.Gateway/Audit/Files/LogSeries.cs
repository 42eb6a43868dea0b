using System.Globalization;

namespace Sallyport.Gateway.Audit.Files;

/// <summary>The files of one log in order: those set aside when they were full or old, and the one that is written.</summary>
public static class LogSeries
{
    private const string Stamp = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>All files of the log that exist, the oldest first.</summary>
    public static IReadOnlyList<string> Of(string file)
    {
        var log = AuditPaths.Of(file).Log;
        return File.Exists(log) ? [.. SetAside(log), log] : SetAside(log);
    }

    /// <summary>The files that are finished, the oldest first.</summary>
    internal static IReadOnlyList<string> SetAside(string log)
    {
        var folder = Path.GetDirectoryName(log)!;
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, Path.GetFileName(log) + ".*").Where(name => TimeOf(log, name) is not null).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>A name that sorts behind all others, even when the clock was set back.</summary>
    internal static string NextName(string log, DateTimeOffset now)
    {
        if (SetAside(log) is [.., var last] && TimeOf(log, last) is { } before && before >= now.AddMilliseconds(-1)) now = before.AddMilliseconds(1);
        return $"{log}.{now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}";
    }

    private static DateTimeOffset? TimeOf(string log, string name) =>
        name.Length > log.Length && DateTimeOffset.TryParseExact(name.AsSpan(log.Length + 1), Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>When the first record of a file was written; null when it has none that can be read.</summary>
    public static DateTimeOffset? Begun(string path)
    {
        using var log = AuditPaths.Read(path);
        return new LineReader(log).TryRead(out var line) ? AuditReader.Parse(line)?.Time : null;
    }
}
