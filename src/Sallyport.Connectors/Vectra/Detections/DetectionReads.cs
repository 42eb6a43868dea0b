using System.Globalization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>Tools about one detection.</summary>
internal static class DetectionReads
{
    private const string Toolset = "detections";

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Raw<VectraClient, DetectionRef>(
            ToolAccess.Read, "vectra_detection_get",
            "Gets one detection with everything known about it, single events included.",
            static () => VectraJson.Default.DetectionRef, GetAsync)
            with { Alias = "get_detection_details", Title = "Get a detection", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
        Tool.Read<VectraClient, DetectionRef, DetectionBrief>(
            "vectra_detection_summarize",
            "Gets what one detection comes down to: what, on whom, when, and the platform's own figures.",
            static () => VectraJson.Default.DetectionRef, static () => VectraJson.Default.DetectionBrief, SummarizeAsync)
            with { Alias = "get_detection_summary", Title = "Summarize a detection", UntrustedMembers = ["name", "detection_summary"], Toolset = Toolset },
        Captures.Get,
    ];

    /// <summary>The detection's path, made of a number and nothing else.</summary>
    public static VectraQuery Path(long id, string below = "") => new(string.Create(CultureInfo.InvariantCulture, $"detections/{id}{below}"));

    public static void Note(ToolContext context, long id) => context.NoteRead("detection", id.ToString(CultureInfo.InvariantCulture));

    private static async Task<ToolContent> GetAsync(VectraClient vectra, DetectionRef args, ToolContext context, CancellationToken cancellationToken)
    {
        var response = await vectra.GetAsync(Path(args.DetectionId), cancellationToken);
        Note(context, args.DetectionId);
        return response.PassOn();
    }

    private static async Task<DetectionBrief> SummarizeAsync(VectraClient vectra, DetectionRef args, ToolContext context, CancellationToken cancellationToken)
    {
        await using var response = await vectra.GetAsync(Path(args.DetectionId), cancellationToken);
        Note(context, args.DetectionId);
        return DetectionBrief.Of(await response.ReadAsync(VectraWireJson.Default.BriefWire, cancellationToken));
    }
}
