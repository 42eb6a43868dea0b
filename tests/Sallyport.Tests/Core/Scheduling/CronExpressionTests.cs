using System.Globalization;
using Sallyport.Core.Scheduling;

namespace Sallyport.Tests.Core.Scheduling;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-05-11 09:00", "2026-05-11 09:01")]
    [InlineData("*/15 * * * *", "2026-05-11 09:00", "2026-05-11 09:15")]
    [InlineData("*/15 * * * *", "2026-05-11 09:45", "2026-05-11 10:00")]
    [InlineData("5/20 * * * *", "2026-05-11 09:06", "2026-05-11 09:25")]
    [InlineData("30 2 * * *", "2026-05-11 09:00", "2026-05-12 02:30")]
    [InlineData("30 2 * * *", "2026-05-11 02:29", "2026-05-11 02:30")]
    [InlineData("30 2 * * *", "2026-05-11 02:30", "2026-05-12 02:30")]
    [InlineData("0 9-17/4 * * *", "2026-05-11 09:00", "2026-05-11 13:00")]
    [InlineData("0 0 1 1 *", "2026-05-11 09:00", "2027-01-01 00:00")]
    [InlineData("0 0 29 2 *", "2026-05-11 09:00", "2028-02-29 00:00")]
    [InlineData("0 0 31 * *", "2026-05-31 00:00", "2026-07-31 00:00")]
    [InlineData("0 6 * * MON-FRI", "2026-05-15 09:00", "2026-05-18 06:00")]
    [InlineData("0 6 * * 7", "2026-05-11 09:00", "2026-05-17 06:00")]
    [InlineData("0 6 * * 0", "2026-05-11 09:00", "2026-05-17 06:00")]
    [InlineData("0 6 * * sun", "2026-05-11 09:00", "2026-05-17 06:00")]
    [InlineData("0 0 * JUN,dec *", "2026-05-11 09:00", "2026-06-01 00:00")]
    [InlineData("0 0 13 * 5", "2026-05-11 09:00", "2026-05-13 00:00")]
    [InlineData("0 0 13 * 5", "2026-05-13 00:00", "2026-05-15 00:00")]
    [InlineData("59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59")]
    [InlineData("@hourly", "2026-05-11 09:00", "2026-05-11 10:00")]
    [InlineData("@daily", "2026-05-11 09:00", "2026-05-12 00:00")]
    [InlineData("@weekly", "2026-05-11 09:00", "2026-05-17 00:00")]
    [InlineData("@monthly", "2026-05-11 09:00", "2026-06-01 00:00")]
    [InlineData("  0   0  *  *  * ", "2026-05-11 09:00", "2026-05-12 00:00")]
    public void The_next_time_is_the_first_one_after(string text, string after, string next)
        => Assert.Equal(At(next), CronExpression.TryParse(text, out _)!.Next(At(after)));

    [Fact]
    public void Seconds_and_offsets_do_not_matter()
        => Assert.Equal(
            At("2026-05-11 09:01"), CronExpression.TryParse("* * * * *", out _)!.Next(new DateTimeOffset(2026, 5, 11, 11, 0, 59, 999, TimeSpan.FromHours(2))));

    /// <summary>Against the slow and obvious way: try every minute.</summary>
    [Fact]
    public void It_agrees_with_trying_every_minute()
    {
        var random = new Random(20260101);
        for (var i = 0; i < 200; i++)
        {
            var (minute, hour, day, weekday) = (random.Next(60), random.Next(24), random.Next(1, 29), random.Next(7));
            var text = $"{minute},{(minute + 7) % 60} {hour}-{Math.Min(hour + 3, 23)} {day} * {weekday}";
            var after = At("2026-01-01 00:00").AddMinutes(random.Next(500_000));
            var tried = after.AddMinutes(1);
            while (!(tried.Minute == minute || tried.Minute == (minute + 7) % 60) || tried.Hour < hour || tried.Hour > Math.Min(hour + 3, 23)
                || !(tried.Day == day || (int)tried.DayOfWeek == weekday))
                tried = tried.AddMinutes(1);

            Assert.Equal(tried, CronExpression.TryParse(text, out _)!.Next(after));
        }
    }

    [Theory]
    [InlineData("", "five fields")]
    [InlineData("* * * *", "five fields")]
    [InlineData("* * * * * *", "five fields")]
    [InlineData("@reboot", "five fields")]
    [InlineData("60 * * * *", "minute that is not understood: '60'")]
    [InlineData("* 24 * * *", "hour that is not understood: '24'")]
    [InlineData("* * 0 * *", "day of month that is not understood: '0'")]
    [InlineData("* * * 13 *", "month that is not understood: '13'")]
    [InlineData("* * * * 8", "day of week that is not understood: '8'")]
    [InlineData("5-1 * * * *", "minute that is not understood: '5-1'")]
    [InlineData("*/0 * * * *", "minute that is not understood: '*/0'")]
    [InlineData("1, * * * *", "minute that is not understood: '1,'")]
    [InlineData("+1 * * * *", "minute that is not understood: '+1'")]
    [InlineData("1\0 * * * *", "minute that is not understood")]
    [InlineData("* * * FOO *", "month that is not understood: 'FOO'")]
    [InlineData("0 0 30 2 *", "never comes")]
    public void What_is_no_time_is_said_to_be_wrong(string text, string problem)
    {
        Assert.Null(CronExpression.TryParse(text, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
