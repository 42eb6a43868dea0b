using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class PaceTests
{
    [Fact]
    public void Two_hundred_requests_at_a_hundred_a_minute_take_a_minute_and_no_window_holds_more_than_burst_and_rate()
    {
        var clock = new FakeClock();
        var start = clock.GetUtcNow();
        var pace = new Pace(100, TimeSpan.FromSeconds(60), clock);
        List<double> sent = [];
        var waiting = Enumerable.Range(0, 200).Select(_ => pace.WaitAsync(CancellationToken.None).ContinueWith(
            _ => sent.Add((clock.GetUtcNow() - start).TotalSeconds), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)).ToList();
        while (waiting.Exists(task => !task.IsCompleted))
            clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(100, sent.Count(at => at == 0));
        Assert.InRange(sent.Max(), 59.9, 60.2);
        Assert.All(sent, at => Assert.InRange(sent.Count(other => other > at && other <= at + 60), 0, 101));
    }
}
