using System.Security.Cryptography;
using System.Text;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Vectra.Detections;

public sealed class CapturesTests
{
    private const string Tool = "vectra_detection_capture_get";
    private const string Beacon = """{"detection_id":1933}""";
    private const string Pcap = "application/vnd.tcpdump.pcap";

    [Fact]
    public async Task A_capture_is_a_file_beside_the_result_with_size_digest_and_type()
    {
        await using var rig = await VectraRig.StartAsync();

        var outcome = Assert.IsType<ToolOutcome.Succeeded>(await rig.CallAsync(Tool, Beacon));
        var result = await rig.ResultAsync(Tool, Beacon);

        var file = Assert.Single(outcome.Attachments);
        Assert.Equal(("vectra://detections/1933/pcap", Pcap), (file.Uri, file.MimeType));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)), result.GetProperty("sha256").GetString());
        Assert.Equal((file.Bytes.Length, "pcap", true), (result.GetProperty("size_bytes").GetInt32(), result.GetProperty("format").GetString(), result.GetProperty("pcap_available").GetBoolean()));
        Assert.DoesNotContain(Convert.ToBase64String(file.Bytes.Span[..12]), Encoding.UTF8.GetString(outcome.Json.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0a0d0d0a1c000000", "pcapng", Pcap)]
    [InlineData("a1b23c4d00020004", "pcap", Pcap)]
    [InlineData("4d3cb2a102000400", "pcap", Pcap)]
    [InlineData("3c68746d6c3e", "unrecognised", "application/octet-stream")]
    [InlineData("d4c3", "unrecognised", "application/octet-stream")]
    public async Task The_format_is_told_by_the_first_bytes(string hex, string format, string type)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Bytes(Convert.FromHexString(hex), "application/octet-stream"));

        var outcome = Assert.IsType<ToolOutcome.Succeeded>(await rig.CallAsync(Tool, Beacon));

        Assert.Contains($"\"format\":\"{format}\"", Encoding.UTF8.GetString(outcome.Json.Span), StringComparison.Ordinal);
        Assert.Equal(type, Assert.Single(outcome.Attachments).MimeType);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(406)]
    public async Task A_detection_without_a_capture_says_why(int status)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Status(status));

        var result = await rig.ResultAsync(Tool, Beacon);

        Assert.False(result.GetProperty("pcap_available").GetBoolean());
        Assert.Contains("network detections", result.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_capture_is_none()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Bytes(ReadOnlyMemory<byte>.Empty, Pcap));

        Assert.False((await rig.ResultAsync(Tool, Beacon)).GetProperty("pcap_available").GetBoolean());
    }

    [Fact]
    public async Task A_capture_above_the_limit_is_not_handed_out()
    {
        await using var rig = await VectraRig.StartAsync(settings => settings with { PcapMaxBytes = 2048 });
        rig.Platform.Faults.Script("/api/", FaultStep.Bytes(new byte[2049], Pcap));

        var outcome = Assert.IsType<ToolOutcome.Succeeded>(await rig.CallAsync(Tool, Beacon));

        Assert.Empty(outcome.Attachments);
        Assert.Contains("\"too_large\":true,\"limit_bytes\":2048", Encoding.UTF8.GetString(outcome.Json.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "upstream_auth")]
    [InlineData(403, "upstream_forbidden")]
    [InlineData(500, "upstream_unavailable")]
    public async Task A_capture_that_cannot_be_had_is_an_error_and_not_a_missing_one(int status, string code)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.StatusRetryAfter(status, 0), times: 10);

        Assert.Equal(code, await rig.CodeAsync(Tool, Beacon));
    }
}
