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

    [Fact]
    public async Task However_fast_lines_come_those_who_read_get_them_all()
    {
        var clock = new FakeClock();
        var written = 0;
        using (var queue = new LogQueue(lines => Interlocked.Add(ref written, lines.Count('\n')), dropped => $"dropped {dropped}", clock))
        {
            for (var round = 1; round <= 3; round++)
            {
                for (var number = 0; number < 5_000; number++)
                    queue.Add(new string('x', 100));
                await clock.TimerSetAsync(TimeSpan.FromMilliseconds(20));
                clock.Advance(TimeSpan.FromMilliseconds(20));
                await Soon.HoldsAsync(() => Volatile.Read(ref written) >= 5_000 * round);
            }
        }

        Assert.Equal(15_000, written);
    }
}
