using Sallyport.Connectors.Network.Reach;

namespace Sallyport.Tests.Connectors.Network.Reach;

public sealed class PingOutputTests
{
    [Fact]
    public void Answers_and_summary_are_read()
    {
        var result = PingOutput.Read(
            """
            PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.
            64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.079 ms
            64 bytes from 10.0.0.1: icmp_seq=3 ttl=63 time=12 ms

            --- 10.0.0.1 ping statistics ---
            3 packets transmitted, 2 received, 33.3333% packet loss, time 204ms
            rtt min/avg/max/mdev = 0.079/6.039/12.000/0.019 ms
            """, "10.0.0.1", "web1.lab.internal");

        Assert.Equal((true, 3, 2, 33.3, "web1.lab.internal"), (result.Reachable, result.Sent, result.Received, result.LossPercent, result.RequestedName));
        Assert.Equal([new PingReply(1, 64, 0.079), new PingReply(3, 63, 12)], result.Replies);
        Assert.Equal(new PingTimes(0.079, 6.04, 12), result.RttMs);
    }

    [Theory]
    [InlineData("PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.\nFrom 10.0.0.254 icmp_seq=1 Destination Net Unreachable\n\n--- 10.0.0.9 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n", 1, 1)]
    [InlineData("--- 10.0.0.9 ping statistics ---\n4 packets transmitted, 0 received, 100% packet loss, time 3060ms\n", 4, 0)]
    [InlineData("", 0, 0)]
    public void Silence_is_a_result_too(string output, int sent, int errors)
    {
        var result = PingOutput.Read(output, "10.0.0.9", null);

        Assert.Equal((false, sent, errors, 100.0, (PingTimes?)null), (result.Reachable, result.Sent, result.Errors, result.LossPercent, result.RttMs));
    }
}
