using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("Mon, 11 May 2026 09:00:20 GMT", 20)]
    [InlineData("Mon, 11 May 2026 08:59:59 GMT", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void A_wait_is_seconds_or_a_date_to_come_and_anything_else_is_no_wait(string? header, int? seconds)
    {
        using var message = new HttpResponseMessage();
        if (header is not null)
            message.Headers.TryAddWithoutValidation("Retry-After", header);

        Assert.Equal(seconds, (int?)RetryAfter.Read(message, new FakeClock())?.TotalSeconds);
    }
}
