using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class RetriesTests
{
    private const int Draws = 2000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(9, 8)]
    public void Without_a_word_from_the_platform_the_wait_is_anywhere_in_a_window_that_doubles(int attempt, int seconds)
    {
        var waits = Enumerable.Range(0, Draws).Select(_ => Retries.Wait(attempt, null, Longest).TotalSeconds).ToList();

        Assert.InRange(waits.Min(), 0, 0.1 * seconds);
        Assert.InRange(waits.Max(), 0.9 * seconds, seconds);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(86_400, 60)]
    public void What_the_platform_asks_for_is_kept_to_exactly_and_capped(int asked, int waited)
        => Assert.Equal(TimeSpan.FromSeconds(waited), Retries.Wait(0, TimeSpan.FromSeconds(asked), Longest));
}
