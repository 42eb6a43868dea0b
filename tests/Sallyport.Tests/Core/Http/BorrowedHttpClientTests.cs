using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class BorrowedHttpClientTests
{
    private static readonly UpstreamContext Context = new("contoso", TimeProvider.System, NullLoggerFactory.Instance, "/tmp", AllowLoopback: true);

    private static readonly UpstreamHttpOptions Options = new() { Name = "Testland", Addresses = AddressRule.Any, MaxRetryAfter = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task A_librarys_request_goes_where_we_say_with_its_body_and_without_its_headers()
    {
        var (body, headers) = ("", new Dictionary<string, string>());
        await using var server = await ScriptedServer.StartAsync(async (context, _) =>
        {
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            await context.Response.WriteAsync("answer");
        });
        using var http = new UpstreamHttp(Options, Context);
        using var client = BorrowedHttpClient.Over(http, UpstreamRetry.Reads, asked => new Uri(server.Address, asked.PathAndQuery));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://library.example/path?x=1") { Content = new StringContent("form=1", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("x-client-OS", "tells about this machine");

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("answer", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("form=1", "/path?x=1"), (body, server.Requests.Single().Path));
        Assert.DoesNotContain("x-client-OS", headers.Keys);
        Assert.StartsWith("application/x-www-form-urlencoded", headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_handed_back_and_not_followed()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            context.Response.Redirect("http://127.0.0.1:1/elsewhere");
            return Task.CompletedTask;
        });
        using var http = new UpstreamHttp(Options, Context);
        using var client = BorrowedHttpClient.Over(http, UpstreamRetry.Never, _ => server.Address);

        using var answer = await client.GetAsync("https://library.example/", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Redirect, 1), (answer.StatusCode, server.Requests.Count));
    }

    [Fact]
    public async Task Faults_reach_the_caller_as_failures_of_the_platform()
    {
        using var http = new UpstreamHttp(Options with { Addresses = AddressRule.Public }, Context);
        using var client = BorrowedHttpClient.Over(http, UpstreamRetry.Never, _ => new Uri("http://127.0.0.1:1/"));

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => client.GetAsync("https://library.example/", TestContext.Current.CancellationToken));

        Assert.Equal(UpstreamFailure.Unavailable, failure.Failure);
    }

    [Theory]
    [InlineData(429, 4)]
    [InlineData(503, 4)]
    [InlineData(500, 1)]
    [InlineData(502, 1)]
    [InlineData(504, 1)]
    public async Task A_costly_read_is_repeated_only_when_it_was_not_taken(int status, int requests)
    {
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (status, "0");
            return Task.CompletedTask;
        });
        using var http = new UpstreamHttp(Options, Context);

        await using var answer = await http.SendAsync(new UpstreamRequest(HttpMethod.Post, server.Address) { Retry = UpstreamRetry.CostlyReads }, TestContext.Current.CancellationToken);

        Assert.Equal(requests, server.Requests.Count);
    }
}
