using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Results;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Tests.Connectors.Network.Nmap.Planning;

namespace Sallyport.Tests.Connectors.Network.Nmap;

public sealed class ScanOutcomeTests
{
    /// <summary>Else a caller could close the tool for others with a timeout of one second.</summary>
    [Theory]
    [InlineData(ProcessEnd.Exited, 0, 600, null)]
    [InlineData(ProcessEnd.TimedOut, 124, 29, null)]
    [InlineData(ProcessEnd.TimedOut, 124, 30, UpstreamFailure.Timeout)]
    [InlineData(ProcessEnd.Cancelled, 143, 600, null)]
    [InlineData(ProcessEnd.ResourceExhausted, 152, 600, UpstreamFailure.Unavailable)]
    [InlineData(ProcessEnd.Exited, 1, 600, UpstreamFailure.Unavailable)]
    [InlineData(ProcessEnd.Exited, 255, 600, UpstreamFailure.Rejected)]
    internal void Running_out_of_a_generous_time_counts_against_nmap_and_out_of_a_short_one_does_not(ProcessEnd end, int exitCode, int seconds, UpstreamFailure? expected)
    {
        var silent = new CapturedOutput("", 0, false);
        var outcome = new ScanOutcome(
            Plans.Planner().Plan(Plans.OneAddress, Plans.Extra("")), new NmapRun("nmap", end == ProcessEnd.Exited, new NmapTotals(0, 0, 0, 0), []), end, exitCode,
            silent, silent, [], TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, outcome.CountsAs);
    }
}
