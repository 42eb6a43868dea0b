using System.ComponentModel;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Investigations;

/// <summary>The tool that marks detections as fixed.</summary>
internal static class DetectionMarks
{
    public static Tool Mark { get; } = Tool.Write<VectraClient, MarkDetections, MarkedDetections>(
        "vectra_detections_mark_fixed",
        "Marks detections as fixed, or takes the mark away. This is the older mark, apart from closing a detection in the portal, and does not reopen a closed one.",
        static () => VectraJson.Default.MarkDetections, static () => VectraJson.Default.MarkedDetections, MarkAsync)
        with
    { Alias = "mark_detection_fixed", Title = "Mark detections as fixed", IsDestructive = true, IsIdempotent = true, UntrustedMembers = ["message"], Toolset = "investigations" };

    private static async Task<MarkedDetections> MarkAsync(VectraClient vectra, MarkDetections args, CancellationToken cancellationToken)
    {
        var order = new MarkOrder(args.DetectionIds, args.MarkFixed ? "True" : "False");
        await using var response = await vectra.ChangeAsync(
            HttpMethod.Patch, new VectraQuery("detections"), () => JsonContent.Create(order, MarkOrderJson.Default.MarkOrder), cancellationToken);
        var reply = await response.ReadAsync(VectraWireJson.Default.MarkReply, cancellationToken);
        if (reply.Meta?.Level is not { } level || !level.Equals("Success", StringComparison.OrdinalIgnoreCase))
            throw new UpstreamException(UpstreamFailure.OutcomeUnknown, "Vectra took the request and did not say that the detections were marked.")
            {
                Hint = "Read the detections before trying again.",
            };
        return new MarkedDetections(args.DetectionIds.Count, args.MarkFixed, reply.Meta.Message);
    }
}

/// <summary>Names the detections and the mark.</summary>
internal sealed record MarkDetections(
    [Description("Ids of the detections."), ItemCount(1, 500), UniqueItems, EachItem(Minimum = 1)] IReadOnlyList<long> DetectionIds,
    [Description("true marks them as fixed, false takes the mark away.")] bool MarkFixed);

/// <summary>How many detections were marked, in the platform's words.</summary>
internal sealed record MarkedDetections(int Updated, bool MarkFixed, string? Message);

/// <summary>The platform's reply to a mark.</summary>
internal sealed record MarkReply([property: JsonPropertyName("_meta")] MarkMeta? Meta = null);

/// <summary>Whether a mark succeeded, and what there is to say about it.</summary>
internal sealed record MarkMeta(string? Level = null, string? Message = null);

/// <summary>A mark on the wire. Known clients send the words True and False where the schema says boolean; both are taken.</summary>
internal sealed record MarkOrder(
    [property: JsonPropertyName("detectionIdList")] IReadOnlyList<long> DetectionIdList, [property: JsonPropertyName("mark_as_fixed")] string MarkAsFixed);

/// <summary>The members of a mark on the wire.</summary>
[JsonSerializable(typeof(MarkOrder))]
internal sealed partial class MarkOrderJson : JsonSerializerContext;
