using System.Text.Json;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>A detection in short.</summary>
internal sealed record DetectionOutline(
    long? Id, string? Name, string? DetectionCategory, string? LastTimestamp, bool? IsTriaged, string State, string EntityType)
{
    /// <summary>A row of the platform's list, in short; what it lacks is null or unknown, never an error.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> row)
    {
        var wire = VectraWire.Read(row, VectraWireJson.Default.OutlineWire);
        return JsonSerializer.SerializeToUtf8Bytes(
            new DetectionOutline(wire.Id, wire.Detection, wire.DetectionCategory, wire.LastTimestamp, wire.IsTriaged, wire.State ?? "unknown", wire.Type ?? "unknown"),
            VectraJson.Default.DetectionOutline);
    }

    public static ReadOnlyMemory<byte> IdOf(ReadOnlyMemory<byte> row)
        => JsonSerializer.SerializeToUtf8Bytes(new DetectionId(VectraWire.Read(row, VectraWireJson.Default.OutlineWire).Id), VectraJson.Default.DetectionId);
}

/// <summary>Only which detection it is.</summary>
internal sealed record DetectionId(long? Id);

/// <summary>The members of a detection that an outline is made from.</summary>
internal sealed record OutlineWire(
    long? Id = null, string? Detection = null, string? DetectionCategory = null, string? LastTimestamp = null,
    bool? IsTriaged = null, string? State = null, string? Type = null);
