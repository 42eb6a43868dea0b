using Sallyport.Connectors.Network.Reach;

namespace Sallyport.Tests.Connectors.Network.Reach;

public sealed class TraceOutputTests
{
    [Fact]
    public void Hops_losses_and_notes_are_read()
    {
        var result = TraceOutput.Read(
            """
            traceroute to 10.77.1.10 (10.77.1.10), 30 hops max, 60 byte packets
             1  10.77.0.254  0.123 ms  0.100 ms  0.090 ms
             2  * * *
             3  10.9.9.9  1.5 ms *  2.25 ms !N
            10  10.77.1.10  3.000 ms 10.77.1.11  2.000 ms *

            """, "10.77.1.10", null, complete: true);

        Assert.Equal(
            [
                new TraceHop(1, 0, "10.77.0.254", 0.09), new TraceHop(2, 3), new TraceHop(3, 1, "10.9.9.9", 1.5, "!N"), new TraceHop(10, 1, "10.77.1.10", 2),
            ],
            result.Hops);
        Assert.True(result.Reached);
    }

    [Fact]
    public void A_route_that_does_not_arrive_says_so()
    {
        var result = TraceOutput.Read(" 1  10.0.0.254  0.1 ms  0.1 ms\n 2  * *\n", "10.9.0.1", "far1.lab.internal", complete: false);

        Assert.Equal((false, false, 2, "far1.lab.internal"), (result.Reached, result.Complete, result.Hops.Count, result.RequestedName));
    }
}
