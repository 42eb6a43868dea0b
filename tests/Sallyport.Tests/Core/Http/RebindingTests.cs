using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class RebindingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_that_points_inside_reaches_nobody_whatever_it_pointed_to_before()
    {
        await using var inside = await ScriptedServer.StartAsync((http, _) => http.Response.WriteAsync("{}"));
        var answers = new Queue<string>(["169.254.169.254", "::ffff:127.0.0.1", "127.0.0.1", "fd00:ec2::254", "::1"]);
        var asked = 0;
        using var http = Http(AddressRule.PublicOrPrivate, () =>
        {
            asked++;
            return [IPAddress.Parse(answers.Dequeue())];
        });

        while (answers.Count > 0)
        {
            var failure = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(UpstreamRequest.Get(new Uri($"http://portal.test:{inside.Address.Port}/")), Token));
            Assert.Contains("not allowed", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(5, asked);
        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_dialled()
    {
        await using var server = await ScriptedServer.StartAsync((http, _) => http.Response.WriteAsync("{}"));
        var asked = 0;
        // Asked a second time, it would point to where nobody listens.
        using var http = Http(AddressRule.Any, () => asked++ == 0 ? [IPAddress.Parse("169.254.169.254"), IPAddress.Loopback] : [IPAddress.Parse("127.255.255.254")]);

        await using var answer = await http.SendAsync(UpstreamRequest.Get(new Uri($"http://portal.test:{server.Address.Port}/")), Token);

        Assert.Equal((HttpStatusCode.OK, 1), (answer.Status, asked));
    }

    private static UpstreamHttp Http(AddressRule rule, Func<IPAddress[]> resolve) => new(
        new UpstreamHttpOptions { Name = "Portal", Addresses = rule, MaxRetries = 0, Resolve = (_, _) => Task.FromResult(resolve()) },
        new UpstreamContext("test", TimeProvider.System, NullLoggerFactory.Instance, ""));
}
