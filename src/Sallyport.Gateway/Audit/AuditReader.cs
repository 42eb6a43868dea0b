using System.Runtime.CompilerServices;
using System.Text.Json;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit;

/// <summary>One line of an audit log as it stands there, and what it says when it is a record.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Utf8">Its bytes, without the newline.</param>
/// <param name="Entry">The record; null when the line is none.</param>
public sealed record AuditLine(string File, long Number, ReadOnlyMemory<byte> Utf8, AuditEntry? Entry);

/// <summary>Reads an audit log for people, without judging it; that is what the verifier is for.</summary>
public static class AuditReader
{
    private static readonly TimeSpan TimeBetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>All whole lines of the log over all its files, oldest first; when following, also those to come, in the next file too once this one is set aside.</summary>
    public static async IAsyncEnumerable<AuditLine> ReadAsync(
        string file, bool follow, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var trail = TrailReader.FromStart(file);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Next(trail) is { } line) yield return line;
            else if (follow) await Task.Delay(TimeBetweenLooks, clock, cancellationToken);
            else yield break;
        }
    }

    private static AuditLine? Next(TrailReader trail) =>
        trail.TryRead(out var line) ? new AuditLine(trail.File, trail.Line, line.ToArray(), Parse(line)) : null;

    /// <summary>What the line says as a record; null when it is none.</summary>
    internal static AuditEntry? Parse(ReadOnlySpan<byte> line)
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
