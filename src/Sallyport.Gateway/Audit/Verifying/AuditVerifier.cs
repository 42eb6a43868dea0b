using System.Text;
using Sallyport.Gateway.Audit.Chain;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit.Verifying;

/// <summary>Checks an audit log with nothing but its files and key, and names the first record that was altered, moved or lost.</summary>
public static class AuditVerifier
{
    private const int LinesBetweenLooks = 1024;

    /// <summary>
    /// Reads the files in order, the oldest first, as one log. A state file `.chain` beside a file is used when it is
    /// there; without it, records cut from the very end cannot be noticed, only advised of. Memory use does not depend
    /// on the size of the files.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AuditVerification Verify(IReadOnlyList<string> files, IEnumerable<AuditKey> keys, CancellationToken cancellationToken)
    {
        var known = keys.ToList();
        using var walk = new ChainWalk(known);
        foreach (var file in files)
        {
            // The state first: a log that is being written may be newer than its state, never older.
            var statePath = AuditPaths.Of(file).State;
            var hasState = File.Exists(statePath);
            var state = hasState ? ChainState.Read(statePath) : null;
            var lines = Read(walk, file, cancellationToken);
            if (hasState) Anchor(walk, state, known, file, lines);
        }

        return walk.ToVerification();
    }

    private static long Read(ChainWalk walk, string file, CancellationToken cancellationToken)
    {
        using var log = AuditPaths.Read(file);
        var reader = new LineReader(log);
        while (reader.TryRead(out var line))
        {
            if (reader.Count % LinesBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
            walk.Feed(line, file, reader.Count);
        }

        walk.EndFile(reader, file);
        return reader.Count;
    }

    private static void Anchor(ChainWalk walk, ChainState? state, List<AuditKey> keys, string file, long lines)
    {
        var key = keys.Find(key => key.Id == state?.Key);
        if (state is null || (key is not null && !state.IsSealedBy(key))) walk.RejectState(file);
        else walk.Anchor(state.Chain, state.Seq, Encoding.UTF8.GetBytes(state.Last), file, lines);
    }
}
