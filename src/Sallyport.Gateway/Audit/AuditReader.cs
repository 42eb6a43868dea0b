using System.Runtime.CompilerServices;
using System.Text.Json;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit;

/// <summary>One line of an audit log as it stands there, and what it says when it is a record.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Utf8">Its bytes, without the newline.</param>
/// <param name="Entry">The record; null when the line is none.</param>
public sealed record AuditLine(long Number, ReadOnlyMemory<byte> Utf8, AuditEntry? Entry);

/// <summary>Reads an audit log for people, without judging it; that is what the verifier is for.</summary>
public static class AuditReader
{
    private static readonly TimeSpan TimeBetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>All whole lines of the log, oldest first; when following, also those to come, in the next file too once this one is moved away.</summary>
    public static async IAsyncEnumerable<AuditLine> ReadAsync(
        string file, bool follow, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var log = AuditPaths.Read(file);
        try
        {
            var lines = new LineReader(log);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Next(lines) is { } line)
                {
                    yield return line;
                }
                else if (!follow)
                {
                    yield break;
                }
                else if (new FileInfo(AuditPaths.Of(file).Log) is { Exists: true } named && named.Length < log.Position)
                {
                    await log.DisposeAsync();
                    log = AuditPaths.Read(file);
                    lines = new LineReader(log);
                }
                else
                {
                    await Task.Delay(TimeBetweenLooks, clock, cancellationToken);
                }
            }
        }
        finally
        {
            await log.DisposeAsync();
        }
    }

    private static AuditLine? Next(LineReader lines) =>
        lines.TryRead(out var line) ? new AuditLine(lines.Count, line.ToArray(), Parse(line)) : null;

    private static AuditEntry? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
