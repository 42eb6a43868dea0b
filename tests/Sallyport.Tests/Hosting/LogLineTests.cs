using Microsoft.Extensions.Logging;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Hosting.Logging;

namespace Sallyport.Tests.Hosting;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, "12:00:00.000 warning Upstream: one | 13:00:00.000 error Audit: forged, ***")]
    [InlineData(true, """{"time":"2026-01-02T12:00:00+00:00","level":"warning","logger":"Sallyport.Upstream","event":"retry","message":"one\n13:00:00.000 error Audit: forged, ***"}""")]
    public void A_message_can_neither_forge_a_line_nor_carry_a_secret(bool isJson, string line)
    {
        var secret = new Secret("canary-log-0815");

        Assert.Equal(line, LogLine.Write(
            isJson ? LogFormat.Json : LogFormat.Text, Noon, LogLevel.Warning, "Sallyport.Upstream", new EventId(1, "retry"), $"one\n13:00:00.000 error Audit: forged, {secret.Reveal()}"));
    }
}
