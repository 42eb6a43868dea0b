using System.Buffers.Binary;
using System.Net;

namespace Sallyport.Tests.Simulator.Vectra;

/// <summary>The captures, read back byte by byte as a capture tool would.</summary>
public class CaptureTests
{
    [Fact]
    public async Task A_capture_is_a_pcap_file_of_well_formed_packets_between_the_two_ends()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        using var answer = await vectra.Http.GetAsync("/api/v3.4/detections/1933/pcap");
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/vnd.tcpdump.pcap", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((0xA1B2C3D4u, 2, 4, 65_535, 1), (U32(bytes, 0), U16(bytes, 4), U16(bytes, 6), (int)U32(bytes, 16), (int)U32(bytes, 20)));
        var packets = 0;
        var at = 24;
        for (var time = 0u; at < bytes.Length; packets++)
        {
            var length = (int)U32(bytes, at + 8);
            Assert.Equal(length, (int)U32(bytes, at + 12));
            Assert.True(U32(bytes, at) >= time && U32(bytes, at + 4) < 1_000_000);
            time = U32(bytes, at);
            CheckFrame(bytes.AsSpan(at + 16, length));
            at += 16 + length;
        }
        Assert.Equal((bytes.Length, 40), (at, packets));
    }

    [Theory]
    [InlineData("type=account", 406)]
    [InlineData("id=999999", 404)]
    public async Task There_is_no_capture_of_an_account_or_of_nothing(string what, int status)
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var id = what.StartsWith("id=", StringComparison.Ordinal) ? 999_999
            : (await vectra.GetAsync("/detections?src_account=21&page_size=1")).GetProperty("results")[0].GetProperty("id").GetInt32();

        Assert.Equal(status, (await vectra.SendAsync("GET", $"/detections/{id}/pcap")).Status);
    }

    [Fact]
    public async Task Every_network_detection_has_a_capture()
    {
        await using var vectra = await SimulatedVectra.StartAsync(new() { Devices = 25 });
        var ids = (await vectra.GetAsync("/detections?page_size=5000&fields=id,type")).GetProperty("results").EnumerateArray()
            .Where(d => d.GetProperty("type").GetString() == "host").Select(d => d.GetProperty("id").GetInt32());

        foreach (var id in ids.Where((_, i) => i % 40 == 0))
        {
            var bytes = await vectra.Http.GetByteArrayAsync($"/api/v3.4/detections/{id}/pcap");
            Assert.Equal(0xA1B2C3D4u, U32(bytes, 0));
        }
    }

    private static void CheckFrame(ReadOnlySpan<byte> frame)
    {
        Assert.Equal(0x0800, BinaryPrimitives.ReadUInt16BigEndian(frame[12..]));
        var ip = frame[14..];
        Assert.Equal(ip.Length, BinaryPrimitives.ReadUInt16BigEndian(ip[2..]));
        Assert.Equal(("10.1.2.3", "203.0.113.9"), (new IPAddress(ip[12..16]).ToString(), new IPAddress(ip[16..20]).ToString()));
        uint sum = 0;
        for (var i = 0; i < 20; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(ip[i..]);
        Assert.Equal(0xFFFFu, (sum & 0xFFFF) + (sum >> 16));
        var udp = ip[20..];
        Assert.Equal((53, udp.Length), (BinaryPrimitives.ReadUInt16BigEndian(udp[2..]), BinaryPrimitives.ReadUInt16BigEndian(udp[4..])));
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
