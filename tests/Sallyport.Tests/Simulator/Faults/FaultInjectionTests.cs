using System.Net;
using System.Text.Json;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Simulator.Faults;

/// <summary>Each fault as a client meets it over HTTP.</summary>
public class FaultInjectionTests
{
    private const string Path = "/api/v3.4/health";

    private static async Task<HttpResponseMessage> MeetAsync(SimulatedVectra vectra, FaultStep step)
    {
        vectra.Running.Faults.Script(Path, step);
        return await vectra.Http.GetAsync(Path);
    }

    [Fact]
    public async Task A_throttled_answer_says_when_to_come_back_in_each_of_three_ways()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        using var seconds = await MeetAsync(vectra, FaultStep.Throttle(7));
        using var date = await MeetAsync(vectra, FaultStep.ThrottleUntil(new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        using var nothing = await MeetAsync(vectra, FaultStep.Throttle());

        Assert.All(new[] { seconds, date, nothing }, answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(7), seconds.Headers.RetryAfter!.Delta);
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), date.Headers.RetryAfter!.Date);
        Assert.Null(nothing.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_status_comes_in_the_platforms_own_words_unless_a_body_is_given()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        using var own = await MeetAsync(vectra, FaultStep.Status(403));
        using var given = await MeetAsync(vectra, FaultStep.Status(403, "{}"));

        Assert.Contains("You do not have permission", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("{}", await given.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_redirect_and_a_sign_in_page_come_as_told()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        using var away = await MeetAsync(vectra, FaultStep.Redirect("https://elsewhere.example/x", 307));
        using var page = await MeetAsync(vectra, FaultStep.Html());

        Assert.Equal((HttpStatusCode.TemporaryRedirect, "https://elsewhere.example/x"), (away.StatusCode, away.Headers.Location!.OriginalString));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_truncated_answer_is_the_first_half_of_the_right_one()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var right = await vectra.Http.GetStringAsync(Path);

        using var cut = await MeetAsync(vectra, FaultStep.Truncate());
        var text = await cut.Content.ReadAsStringAsync();

        Assert.Equal(right[..(right.Length / 2)], text);
    }

    [Fact]
    public async Task A_huge_answer_is_the_right_one_after_much_white_space()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var right = await vectra.Http.GetStringAsync(Path);

        using var huge = await MeetAsync(vectra, FaultStep.Pad(3_000_001));
        var text = await huge.Content.ReadAsStringAsync();

        Assert.Equal(3_000_001 + right.Length, text.Length);
        Assert.Equal(right, text.TrimStart());
    }

    [Fact]
    public async Task A_malformed_answer_is_not_JSON()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        vectra.Running.Faults.Set(Fault.Malformed);

        var text = await vectra.Http.GetStringAsync(Path);

        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
    }

    [Theory]
    [InlineData(DropAt.BeforeWork)]
    [InlineData(DropAt.AfterWork)]
    [InlineData(DropAt.MidBody)]
    public async Task A_dropped_connection_gives_no_answer_and_leaves_no_status(DropAt when)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var answer = await MeetAsync(vectra, FaultStep.Reset(when));
            await answer.Content.ReadAsStringAsync();
        });

        Assert.Null(Assert.Single(vectra.Running.Journal.To(Path)).Status);
    }

    [Fact]
    public async Task A_held_answer_comes_when_it_is_released_and_not_before()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var release = new TaskCompletionSource();

        var asking = MeetAsync(vectra, FaultStep.Hold(release.Task));
        await vectra.Running.Journal.WaitAsync(entry => entry.Path == Path && entry.Fault == "script");
        Assert.False(asking.IsCompleted);
        release.SetResult();

        using var answer = await asking;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_dripping_answer_arrives_whole()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var right = await vectra.Http.GetStringAsync(Path);

        using var slow = await MeetAsync(vectra, FaultStep.Drip(100, TimeSpan.FromTicks(1)));

        Assert.Equal(right, await slow.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_expired_token_is_forgotten_and_a_new_one_is_good()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        using var refused = await MeetAsync(vectra, FaultStep.RefuseToken(forget: true));
        using var again = await vectra.Http.GetAsync(Path);
        await vectra.SignInAsync();
        using var afterwards = await vectra.Http.GetAsync(Path);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK], new[] { refused.StatusCode, again.StatusCode, afterwards.StatusCode });
    }

    [Fact]
    public async Task A_rejected_token_is_refused_even_when_new_and_tokens_are_still_given_out()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        vectra.Running.Faults.Set(Fault.RejectedToken);

        await vectra.SignInAsync();
        using var refused = await vectra.Http.GetAsync(Path);
        vectra.Running.Faults.Clear();
        using var afterwards = await vectra.Http.GetAsync(Path);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], new[] { refused.StatusCode, afterwards.StatusCode });
    }

    [Fact]
    public async Task A_company_that_hangs_can_still_be_stopped()
    {
        var vectra = await SimulatedVectra.StartAsync();
        var hanging = MeetAsync(vectra, FaultStep.Hang());
        await vectra.Running.Journal.WaitAsync(entry => entry.Fault == "script");

        await vectra.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => hanging);
    }
}
