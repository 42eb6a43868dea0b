using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Gateway.Audit.Chain;

/// <summary>
/// Decides how a log goes on after a start: on its chain when all that was written since the state file checks out, and
/// otherwise on a new chain that says why and what it follows.
/// </summary>
/// <param name="Head">What the first record links to.</param>
/// <param name="Reason">Why the chain begins here or goes on here.</param>
/// <param name="Previous">The newest record of the chain before, as far as known.</param>
/// <param name="Torn">Digest of an unfinished last line, which is kept.</param>
internal sealed record ChainStart(ChainHead Head, string Reason, ChainHead? Previous, string? Torn)
{
    public const string New = "new";
    public const string EphemeralKey = "ephemeral_key";
    public const string KeyChanged = "key_changed";
    public const string PreviousBroken = "previous_broken";
    public const string PreviousUnreadable = "previous_unreadable";
    public const string Resumed = "resumed";
    public const string TornLine = "torn_line";

    /// <summary>The log is not as the last process left it.</summary>
    public bool IsAlarming => Reason is PreviousBroken or PreviousUnreadable;

    public static ChainStart Find(AuditPaths paths, AuditKey key, AuditKey? previousKey, TimeProvider clock)
    {
        using var log = AuditPaths.Read(paths.Log);
        var tail = LogTail.Read(log);
        var hasState = File.Exists(paths.State);
        var state = hasState ? ChainState.Read(paths.State) : null;
        if (state is not null && state.IsSealedBy(key) && Resume(paths.Log, log, state, key) is { } resumed) return resumed;
        if (state is not null && state.Key != key.Id && state.Key == previousKey?.Id && !key.IsEphemeral)
        {
            // Only with the old key in hand can a changed key be told from a log that somebody replaced.
            var old = state.IsSealedBy(previousKey) ? Resume(paths.Log, log, state, previousKey) : null;
            return new ChainStart(
                ChainHead.New(clock), old is null ? PreviousBroken : KeyChanged, old?.Head ?? Newest(tail.Last, state), old is null ? tail.Torn : old.Torn);
        }

        var reason = (hasState, state) switch
        {
            _ when key.IsEphemeral => EphemeralKey,
            (false, _) => log.Length == 0 && LogSeries.SetAside(paths.Log).Count == 0 ? New : PreviousBroken,
            (true, null) => PreviousUnreadable,
            (true, _) when state.Key != key.Id => KeyChanged,
            (true, _) => state.IsSealedBy(key) ? PreviousBroken : PreviousUnreadable,
        };
        return new ChainStart(ChainHead.New(clock), reason, Newest(tail.Last, state), tail.Torn);
    }

    private static ChainStart? Resume(string path, Stream log, ChainState state, AuditKey key)
    {
        using var walk = new ChainWalk([key]);
        walk.Resume(state.Head, key);
        if (Reach(path, log, state, key, walk) is not { } end) return null;

        var reader = Walk(log, end, walk);
        if (walk.Torn is not null) return null;
        if (reader.HasRemainder) walk.Feed(reader.Remainder, "", reader.Count);
        if (walk.SoundHead is not { } head || (reader.HasRemainder && reader.Remainder.IsEmpty)) return null;
        return new ChainStart(head, walk.Torn is null ? Resumed : TornLine, null, walk.Torn);
    }

    /// <summary>
    /// Where in the log the records begin that the state does not know of; those in files that were set aside since are
    /// followed on the way. Null when the record that the state names is nowhere.
    /// </summary>
    private static long? Reach(string path, Stream log, ChainState state, AuditKey key, ChainWalk walk)
    {
        if (state.End > 0 && EndsWith(log, state.End, state, key)) return state.End;
        var setAside = LogSeries.SetAside(path);
        for (var i = setAside.Count - 1; i >= 0; i--)
        {
            using var file = AuditPaths.Read(setAside[i]);
            var end = state.End > 0 ? state.End : file.Length;
            if (!EndsWith(file, end, state, key)) continue;

            if (Walk(file, end, walk).HasRemainder) return null;
            foreach (var newer in setAside.Skip(i + 1))
            {
                using var next = AuditPaths.Read(newer);
                if (Walk(next, 0, walk).HasRemainder) return null;
            }

            return 0;
        }

        var wasMovedAway = state.End == 0 || (log.Length == 0 && state.Closed);
        return wasMovedAway ? 0 : null;
    }

    private static LineReader Walk(Stream log, long from, ChainWalk walk)
    {
        log.Position = from;
        var reader = new LineReader(log);
        while (reader.TryRead(out var line)) walk.Feed(line, "", reader.Count);
        return reader;
    }

    /// <summary>Whether the record that the state names stands in the log just before <paramref name="end"/>.</summary>
    private static bool EndsWith(Stream log, long end, ChainState state, AuditKey key)
    {
        using var seal = new ChainSeal(key);
        return LogTail.LineBefore(log, end) is { } line
            && SealedRecord.TryRead(line, out var record)
            && record.ToHead() == state.Head
            && seal.Holds(record);
    }

    private static ChainHead? Newest(ChainHead? last, ChainState? state)
    {
        if (state is null) return last;
        return last is not null && last.Chain == state.Chain && last.Seq >= state.Seq ? last : state.Head;
    }
}
