using System.Text;
using Sallyport.Hosting.Logging;

namespace Sallyport.Tests.Hosting;

public sealed class LogQueueTests
{
    [Fact]
    public void What_waits_is_written_in_order_when_the_log_ends()
    {
        var written = new StringBuilder();
        using (var queue = new LogQueue(lines => written.Append(lines), dropped => $"dropped {dropped}", new FakeClock()))
        {
            for (var number = 0; number < 100; number++)
                queue.Add($"line {number}");
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(number => $"line {number}\n")), written.ToString());
    }

    [Fact]
    public void When_nobody_reads_the_newest_are_dropped_and_their_number_is_told()
    {
        var written = new StringBuilder();
        using (var queue = new LogQueue(lines => written.Append(lines), dropped => $"dropped {dropped}", new FakeClock()))
        {
            for (var number = 0; number < 10_000; number++)
                queue.Add("x");
        }

        Assert.Contains("dropped 1808\n", written.ToString(), StringComparison.Ordinal);
        Assert.Equal(8_192, written.ToString().Split('\n').Count(line => line == "x"));
    }
}
