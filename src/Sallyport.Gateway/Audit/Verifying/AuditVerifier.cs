using System.Text;
using Sallyport.Gateway.Audit.Chain;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit.Verifying;

/// <summary>Checks an audit log with nothing but its files and key, and names the first record that was altered, moved or lost.</summary>
public static class AuditVerifier
{
    private const int LinesBetweenLooks = 1024;

    /// <summary>
    /// Reads the files in order, the oldest first, as one log; what was set aside of a file comes before it without being
    /// named. A state file `.chain` beside a file is used when it is there; without it, records cut from the very end
    /// cannot be noticed, only advised of. Memory use does not depend on the size of the files.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="keys">The keys of their chains.</param>
    /// <param name="checkpoints">Files with checkpoints that were kept elsewhere; what they name must be in the log.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AuditVerification Verify(
        IReadOnlyList<string> files, IEnumerable<AuditKey> keys, IReadOnlyList<string> checkpoints, CancellationToken cancellationToken)
    {
        var known = keys.ToList();
        using var walk = new ChainWalk(known);
        foreach (var file in checkpoints) ReadCheckpoints(walk, file, cancellationToken);
        var done = new HashSet<string>();
        foreach (var file in files)
            Verify(walk, file, known, done, cancellationToken);
        return walk.ToVerification();
    }

    private static void Verify(ChainWalk walk, string file, List<AuditKey> keys, HashSet<string> done, CancellationToken cancellationToken)
    {
        var paths = AuditPaths.Of(file);
        while (true)
        {
            foreach (var older in LogSeries.SetAside(paths.Log).Where(done.Add))
                Read(walk, older, AuditPaths.Read(older), cancellationToken);

            // The state first: a log that is being written may be newer than its state, never older.
            var hasState = File.Exists(paths.State);
            var state = hasState ? ChainState.Read(paths.State) : null;
            var isBetweenFiles = !File.Exists(paths.Log) && done.Count > 0;
            var log = isBetweenFiles ? null : AuditPaths.Read(paths.Log);
            if (LogSeries.SetAside(paths.Log).Any(older => !done.Contains(older)))
            {
                // The log was rotated meanwhile; what was opened may be the file that is now the newest of the older ones.
                log?.Dispose();
                continue;
            }

            var lines = log is null || !done.Add(paths.Log) ? 0 : Read(walk, file, log, cancellationToken);
            log?.Dispose();
            if (hasState) Anchor(walk, state, keys, file, lines);
            return;
        }
    }

    private static long Read(ChainWalk walk, string file, FileStream log, CancellationToken cancellationToken)
    {
        using (log)
        {
            var reader = new LineReader(log);
            while (reader.TryRead(out var line))
            {
                if (reader.Count % LinesBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
                walk.Feed(line, file, reader.Count);
            }

            walk.EndFile(reader, file);
            return reader.Count;
        }
    }

    /// <summary>Each line holds a record, perhaps behind the header that a syslog receiver wrote.</summary>
    private static void ReadCheckpoints(ChainWalk walk, string file, CancellationToken cancellationToken)
    {
        using var stream = AuditPaths.Read(file);
        var reader = new LineReader(stream);
        while (reader.TryRead(out var line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = line.IndexOf((byte)'{');
            if (start >= 0) walk.Expect(line[start..], file, reader.Count);
        }
    }

    private static void Anchor(ChainWalk walk, ChainState? state, List<AuditKey> keys, string file, long lines)
    {
        var key = keys.Find(key => key.Id == state?.Key);
        if (state is null || (key is not null && !state.IsSealedBy(key))) walk.RejectState(file);
        else walk.Anchor(state.Chain, state.Seq, Encoding.UTF8.GetBytes(state.Last), file, lines);
    }
}
