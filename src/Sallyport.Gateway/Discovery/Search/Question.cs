using System.Text.RegularExpressions;

namespace Sallyport.Gateway.Discovery.Search;

/// <summary>What a sentence asks for: the things it names, each with the other words for it, and whether it asks or tells.</summary>
internal sealed partial class Question
{
    private const double FormShare = 0.35;
    private const double VerbShare = 0.5;

    private static readonly HashSet<string> Asking =
        [.. "which what who whom whose how is are was were did does has have had any anyone anybody anything when where on list show read find fetch look display see search count according".Split(' ')];

    private static readonly HashSet<string> Many = [.. "which list all what any whose".Split(' ')];

    private static readonly HashSet<string> One = [.. "one this that the full details everything".Split(' ')];

    private static readonly HashSet<string> Telling =
    [
        .. "add create make file change correct set close reopen tag label remove delete move rename apply assign give take block ban allow unblock restore free release let isolate contain undo mark leave write".Split(' '),
        .. "note comment import upload push raise lower disable enable turn switch reboot restart activate announce hand unassign resolve purge build put unisolate".Split(' '),
        .. "run start launch schedule cancel swap replace shift define approve record log load refresh mute silence clear grant revoke enrol enroll generate roll send drop kick cut stop".Split(' '),
    ];

    private Question(IReadOnlyList<IReadOnlyList<(string, double)>> parts, bool isAsking, bool isTelling) => (Parts, IsAsking, IsTelling) = (parts, isAsking, isTelling);

    /// <summary>One thing asked for each, as the words it may go by and how much each counts.</summary>
    public IReadOnlyList<IReadOnlyList<(string Word, double Share)>> Parts { get; }

    /// <summary>Wants to know, not to change.</summary>
    public bool IsAsking { get; }

    /// <summary>Wants something changed.</summary>
    public bool IsTelling { get; }

    public static Question Of(string sentence)
    {
        var lower = sentence.ToLowerInvariant();
        var text = Plain(lower);
        var spoken = Synonyms.Phrased(lower).Split([' ', ',', '.', '?', '!', ':', ';'], StringSplitOptions.RemoveEmptyEntries);
        var isAsking = spoken.Length > 0 && (Asking.Contains(spoken[0]) || text.StartsWith("give me ", StringComparison.Ordinal));
        List<IReadOnlyList<(string, double)>> parts = [.. Words.Of(text).Distinct(StringComparer.Ordinal).Select(Synonyms.Of)];
        // A word in the very form it has in a name says whether one or many are meant.
        parts.AddRange(spoken.Distinct(StringComparer.Ordinal).Select(word => (IReadOnlyList<(string, double)>)[(Form(word), FormShare)]));
        if (isAsking && spoken.Any(Many.Contains))
            parts.Add([(Verb("list"), VerbShare)]);
        else if (isAsking || spoken.Any(One.Contains))
            parts.Add([(Verb("get"), VerbShare)]);
        if (spoken is ["find" or "search", ..])
            parts.Add([("search", VerbShare), (Verb("find"), VerbShare)]);
        return new Question(parts, isAsking, spoken.Length > 0 && !isAsking && Telling.Contains(spoken[0]));
    }

    /// <summary>The same said without what is particular to one case or one speaker.</summary>
    public static string Plain(string sentence) => Synonyms.Phrased(Shaped(sentence.ToLowerInvariant()));

    /// <summary>How an index keeps a name's word exactly as written.</summary>
    public static string Form(string word) => $"={word}";

    /// <summary>How an index keeps what a name does: its last word.</summary>
    public static string Verb(string word) => $"!{word}";

    /// <summary>A mail address, an address, a digest or a domain is named by what it is.</summary>
    private static string Shaped(string text)
    {
        text = Mailbox().Replace(text, " user mail ");
        text = Address().Replace(text, " address ");
        text = Digest().Replace(text, " hash ");
        text = Weakness().Replace(text, " cve ");
        return Domain().Replace(text, " domain ");
    }

    [GeneratedRegex(@"\b[a-z0-9._%+-]+@([a-z0-9-]+\.)+[a-z]{2,}\b")]
    private static partial Regex Mailbox();

    [GeneratedRegex(@"\b\d{1,3}(\.\d{1,3}){3}(/\d{1,2})?\b")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\b")]
    private static partial Regex Digest();

    [GeneratedRegex(@"\bcve-\d{4}-\d{4,}\b")]
    private static partial Regex Weakness();

    [GeneratedRegex(@"\b(https?://\S+|([a-z0-9-]+\.)+[a-z]{4,})\b")]
    private static partial Regex Domain();
}
