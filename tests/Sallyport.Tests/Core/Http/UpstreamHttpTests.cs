using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Tests.Core.Http;

public sealed class UpstreamHttpTests
{
    private static readonly UpstreamContext Context = new("contoso", TimeProvider.System, NullLoggerFactory.Instance, "/tmp", AllowLoopback: true);

    private static readonly UpstreamHttpOptions Options = new() { Name = "Testland", Addresses = AddressRule.Any, MaxRetryAfter = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task A_read_is_repeated_after_a_passing_fault_and_answers()
    {
        await using var server = await ScriptedServer.StartAsync((context, count) => Answer(context, count < 3 ? 503 : 200, retryAfter: "0"));
        using var http = new UpstreamHttp(Options, Context);

        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None);

        Assert.Equal((HttpStatusCode.OK, 3), (response.Status, server.Requests.Count));
    }

    [Fact]
    public async Task A_read_gives_up_after_three_repeats()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => Answer(context, 429, retryAfter: "0"));
        using var http = new UpstreamHttp(Options, Context);

        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None);

        Assert.Equal(UpstreamFailure.Throttled, Assert.Throws<UpstreamException>(response.ThrowIfFailed).Failure);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_write_whose_connection_breaks_is_sent_exactly_once_and_its_outcome_is_unknown()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var http = new UpstreamHttp(Options, Context);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(Post(server.Address), CancellationToken.None));

        Assert.Equal((UpstreamFailure.OutcomeUnknown, 1), (thrown.Failure, server.Requests.Count));
    }

    [Fact]
    public async Task A_write_that_was_never_sent_says_so()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        using var http = new UpstreamHttp(Options with { MaxRetries = 0 }, Context);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(Post(new Uri($"http://127.0.0.1:{port}/")), CancellationToken.None));

        Assert.Equal(UpstreamFailure.Unavailable, thrown.Failure);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_and_the_request_sent_again_with_another_one()
    {
        var tokens = 0;
        var cache = new AccessTokenCache(
            (_, _) => Task.FromResult(new AccessToken($"token-{++tokens}", DateTimeOffset.MaxValue)), TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var server = await ScriptedServer.StartAsync((context, count) => Answer(context, count == 1 ? 401 : 200));
        using var http = new UpstreamHttp(Options with { Tokens = cache }, Context);

        await using var response = await http.SendAsync(Post(server.Address), CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], server.Requests.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData(UpstreamFailure.Auth)]
    [InlineData(UpstreamFailure.Unavailable)]
    public async Task When_there_is_no_other_token_that_is_the_failure_and_a_write_has_not_happened(UpstreamFailure failure)
    {
        var tokens = 0;
        var cache = new AccessTokenCache(
            (_, _) => ++tokens == 1 ? Task.FromResult(new AccessToken("token-1", DateTimeOffset.MaxValue)) : Task.FromException<AccessToken>(new UpstreamException(failure, "No token.")),
            TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var server = await ScriptedServer.StartAsync((context, _) => Answer(context, 401));
        using var http = new UpstreamHttp(Options with { Tokens = cache }, Context);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(Post(server.Address), CancellationToken.None));

        Assert.Equal((failure, "No token.", 1), (thrown.Failure, thrown.Message, server.Requests.Count));
    }

    [Fact]
    public async Task A_write_that_breaks_when_it_is_sent_with_another_token_has_an_unknown_outcome()
    {
        var tokens = 0;
        var cache = new AccessTokenCache(
            (_, _) => Task.FromResult(new AccessToken($"token-{++tokens}", DateTimeOffset.MaxValue)), TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var server = await ScriptedServer.StartAsync((context, count) =>
        {
            if (count == 1)
                return Answer(context, 401);
            context.Abort();
            return Task.CompletedTask;
        });
        using var http = new UpstreamHttp(Options with { Tokens = cache }, Context);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(Post(server.Address), CancellationToken.None));

        Assert.Equal((UpstreamFailure.OutcomeUnknown, 2), (thrown.Failure, server.Requests.Count));
    }

    [Fact]
    public async Task A_token_refused_twice_is_not_asked_for_a_third_time()
    {
        var tokens = 0;
        var cache = new AccessTokenCache(
            (_, _) => Task.FromResult(new AccessToken($"token-{++tokens}", DateTimeOffset.MaxValue)), TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var server = await ScriptedServer.StartAsync((context, _) => Answer(context, 401));
        using var http = new UpstreamHttp(Options with { Tokens = cache }, Context);

        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None);

        Assert.Equal(UpstreamFailure.Auth, Assert.Throws<UpstreamException>(response.ThrowIfFailed).Failure);
        Assert.Equal((2, 2), (server.Requests.Count, tokens));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_is_a_failure()
    {
        await using var other = await ScriptedServer.StartAsync((context, _) => Answer(context, 200));
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            context.Response.Redirect(other.Address.ToString());
            return Task.CompletedTask;
        });
        using var http = new UpstreamHttp(Options, Context);

        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None);

        Assert.Equal(UpstreamFailure.InvalidResponse, Assert.Throws<UpstreamException>(response.ThrowIfFailed).Failure);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task An_answer_above_the_cap_is_cut_off()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => Answer(context, 200, body: new string('x', 100_000)));
        using var http = new UpstreamHttp(Options with { MaxResponseBytes = 10_000 }, Context);

        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => response.Body.CopyToAsync(Stream.Null));
        Assert.Equal(UpstreamFailure.TooLarge, thrown.Failure);
    }

    [Fact]
    public async Task A_login_page_where_json_is_due_is_a_failure()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => Answer(context, 200, body: "<html>", type: "text/html"));
        using var http = new UpstreamHttp(Options, Context);

        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None);

        Assert.Equal(UpstreamFailure.InvalidResponse, Assert.Throws<UpstreamException>(() => response.ToContent()).Failure);
    }

    [Fact]
    public async Task A_host_that_resolves_to_this_machine_is_not_dialled()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => Answer(context, 200));
        using var http = new UpstreamHttp(Options with { Addresses = AddressRule.PublicOrPrivate, MaxRetries = 0 }, Context);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(
            () => http.SendAsync(UpstreamRequest.Get(new Uri($"http://localhost:{server.Address.Port}/")), CancellationToken.None));

        Assert.Equal(UpstreamFailure.Unavailable, thrown.Failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_in_time_is_a_timeout()
    {
        await using var server = await ScriptedServer.StartAsync(static (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var http = new UpstreamHttp(Options with { AttemptTimeout = TimeSpan.FromMilliseconds(100), MaxRetries = 0 }, Context);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None));

        Assert.Equal(UpstreamFailure.Timeout, thrown.Failure);
    }

    [Fact]
    public async Task Cancelling_the_call_closes_the_request_at_the_platform()
    {
        var closed = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(async (context, _) =>
        {
            context.RequestAborted.Register(closed.SetResult);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var http = new UpstreamHttp(Options, Context);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(UpstreamRequest.Get(server.Address), cancel.Token));

        await closed.Task;
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_is_a_timeout_too()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedServer.StartAsync(HalfAnAnswer);
        using var http = new UpstreamHttp(Options with { AttemptTimeout = TimeSpan.FromMinutes(1), MaxRetries = 0 }, Context with { Time = clock });
        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), CancellationToken.None);

        var reading = ReadToEndAsync(response, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(UpstreamFailure.Timeout, (await Assert.ThrowsAsync<UpstreamException>(() => reading)).Failure);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Whoever_asked_or_reads_can_end_an_answer_that_stops_in_the_middle(bool asksWithIt, bool readsWithIt)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(HalfAnAnswer);
        using var http = new UpstreamHttp(Options, Context);
        await using var response = await http.SendAsync(UpstreamRequest.Get(server.Address), asksWithIt ? cancel.Token : CancellationToken.None);

        var reading = ReadToEndAsync(response, readsWithIt ? cancel.Token : CancellationToken.None);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task HalfAnAnswer(HttpContext context, int count)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"half\":");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private static async Task ReadToEndAsync(UpstreamResponse response, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        while (await response.Body.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }

    private static UpstreamRequest Post(Uri address) => new(HttpMethod.Post, address)
    {
        Body = () => new StringContent("{}", Encoding.UTF8, "application/json"),
        Retry = UpstreamRetry.IfNotExecuted,
    };

    private static Task Answer(HttpContext context, int status, string body = "{}", string type = "application/json", string? retryAfter = null)
    {
        context.Features.Get<IHttpResponseFeature>()!.StatusCode = status;
        context.Response.ContentType = type;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    }
}
