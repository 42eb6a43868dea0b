namespace Sallyport.Core.Tools;

/// <summary>What a handler may know about the call it serves, and what it may say while it runs.</summary>
public sealed class ToolContext(string callId, string tenant, TimeProvider time, IProgress<ToolProgress>? progress = null)
{
    private readonly List<ObjectRead> _reads = [];

    public string CallId => callId;

    public string Tenant => tenant;

    /// <summary>Canonical name of the tool.</summary>
    public string Tool { get; init; } = "";

    public TimeProvider Time => time;

    /// <summary>The caller asks for the rest of a result that it has the beginning of; a result that is costly to make need not be made again.</summary>
    public bool Continues { get; init; }

    /// <summary>Objects whose content this call handed out, in order; writes that follow are linked to them in the audit.</summary>
    public IReadOnlyList<ObjectRead> Reads => _reads;

    /// <summary>Members of the arguments or the result whose text reads like instructions to a model; the audit names them.</summary>
    public IReadOnlyList<string> InstructionLike { get; private set; } = [];

    /// <summary>Why the platform is to be counted as failing although there is a result: what was found until then.</summary>
    public UpstreamFailure? CountsAs { get; set; }

    public void Report(double done, double? total = null, string? message = null) => progress?.Report(new ToolProgress(done, total, message));

    /// <summary>Notes that this call handed out the content of one object, for example <c>("finding", "42")</c>.</summary>
    public void NoteRead(string kind, string id) => _reads.Add(new ObjectRead(kind, id));

    /// <summary>Notes where text reads like instructions to a model; names of members, never the text.</summary>
    public void NoteInstructionLike(IEnumerable<string> members) => InstructionLike = [.. InstructionLike.Union(members, StringComparer.Ordinal)];
}

/// <summary>One object of a platform that a caller has seen.</summary>
public readonly record struct ObjectRead(string Kind, string Id);
