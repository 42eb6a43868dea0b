using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core.Http;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>The tool that fetches the packet capture of a detection, as a file beside the result and never as text in it.</summary>
internal static class Captures
{
    private const string Pcap = "application/vnd.tcpdump.pcap";
    private const string Unknown = "application/octet-stream";

    public static Tool Get { get; } = Tool.Raw<VectraClient, DetectionRef>(
        ToolAccess.Read, "vectra_detection_capture_get",
        "Gets the packet capture of one detection as a file, with its size and SHA-256. Only network detections have one.",
        static () => VectraJson.Default.DetectionRef, GetAsync)
        with
    { Alias = "get_detection_pcap", Title = "Get a packet capture", Toolset = "detections" };

    private static async Task<ToolContent> GetAsync(VectraClient vectra, DetectionRef args, ToolContext context, CancellationToken cancellationToken)
    {
        var id = args.DetectionId;
        await using var response = await vectra.AnswerAsync(DetectionReads.Path(id, "/pcap"), $"{Pcap}, {Unknown}, */*", cancellationToken);
        if (response.Status is HttpStatusCode.NotFound or HttpStatusCode.NotAcceptable)
            return Content(CaptureResult.Missing(id, "There is no such detection, or it has no capture: only network detections have one."));
        await VectraRefusal.ThrowIfFailedAsync(response, "detections", isWrite: false, cancellationToken);
        if (await ReadAsync(response, vectra.Settings.PcapMaxBytes, cancellationToken) is not { } bytes)
            return Content(CaptureResult.TooLargeFor(id, vectra.Settings.PcapMaxBytes));
        if (bytes.Length == 0)
            return Content(CaptureResult.Missing(id, "The platform sent an empty capture."));
        DetectionReads.Note(context, id);
        var format = FormatOf(bytes);
        var file = new ToolAttachment($"vectra://detections/{id}/pcap", format == "unrecognised" ? Unknown : Pcap, bytes);
        var result = new CaptureResult(id, PcapAvailable: true)
        {
            Format = format,
            SizeBytes = bytes.Length,
            Sha256 = file.Sha256,
            MediaType = file.MimeType,
            Uri = file.Uri,
            Warning = format == "unrecognised" ? "This does not begin as a packet capture does; it may be an error page." : null,
        };
        return Content(result, file);
    }

    private static ToolContent Content(CaptureResult result, params ToolAttachment[] files)
        => ToolContent.FromJson(JsonSerializer.SerializeToUtf8Bytes(result, VectraJson.Default.CaptureResult), files);

    /// <summary>Stops reading at the limit; null when there is more.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(UpstreamResponse response, int limit, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await response.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (file.Length + read > limit)
                return null;
            file.Write(buffer, 0, read);
        }

        return file.ToArray();
    }

    /// <summary>By the file's first four bytes, in both byte orders and with micro- or nanoseconds.</summary>
    private static string FormatOf(ReadOnlyMemory<byte> file) => file.Length < 4 ? "unrecognised" : BinaryPrimitives.ReadUInt32BigEndian(file.Span) switch
    {
        0xD4C3B2A1 or 0xA1B2C3D4 or 0x4D3CB2A1 or 0xA1B23C4D => "pcap",
        0x0A0D0D0A => "pcapng",
        _ => "unrecognised",
    };
}

/// <summary>Whether there is a capture, and what the file beside this result is.</summary>
internal sealed record CaptureResult(long DetectionId, bool PcapAvailable)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Format { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MediaType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uri { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? TooLarge { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LimitBytes { get; init; }

    public static CaptureResult Missing(long id, string reason) => new(id, PcapAvailable: false) { Reason = reason };

    public static CaptureResult TooLargeFor(long id, int limit)
        => new(id, PcapAvailable: true) { TooLarge = true, LimitBytes = limit, Reason = "The capture is larger than this gate hands out; fetch it in the portal." };
}
