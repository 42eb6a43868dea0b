using System.Net;
using System.Text.Json;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Core;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting.Journal;

namespace Sallyport.Tests.Connectors.Eset.Access;

public sealed class EsetSignInTests
{
    private const string List = "eset_device_groups_list";

    [Fact]
    public async Task The_cloud_is_asked_with_a_form_and_an_empty_refresh_token()
    {
        await using var range = await EsetRange.StartAsync();

        await range.CallAsync(range.Connect(), List, "{}");

        var sent = Assert.Single(Tokens(range));
        Assert.Equal("application/x-www-form-urlencoded", sent.Headers["Content-Type"]);
        Assert.Equal($"grant_type=password&username={WebUtility.UrlEncode(range.Controls.User)}&password={range.Controls.Password}&refresh_token=", sent.Body);
    }

    [Fact]
    public async Task A_console_is_asked_with_json_at_its_own_path()
    {
        await using var range = await EsetRange.StartAsync();

        await range.CallAsync(range.Connect(range.Settings(EsetDeployment.Onprem)), List, "{}");

        var sent = Assert.Single(range.Running.Journal.To("/GetTokens"));
        var body = JsonElement.Parse(sent.Body);
        Assert.Equal((range.Controls.User, range.Controls.Password, "password"), (body.GetProperty("username").GetString(), body.GetProperty("password").GetString(), body.GetProperty("grant_type").GetString()));
        Assert.Equal(3, body.EnumerateObject().Count());
    }

    [Fact]
    public async Task Fifty_callers_cause_one_sign_in()
    {
        await using var range = await EsetRange.StartAsync();
        var client = range.Connect();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => range.CallAsync(client, List, "{}")));

        Assert.Single(Tokens(range));
    }

    [Fact, Trait("defect", "D1")]
    public async Task A_token_that_is_refused_before_its_time_is_replaced_once_and_the_call_repeated()
    {
        await using var range = await EsetRange.StartAsync();
        var client = range.Connect();
        await range.CallAsync(client, List, "{}");
        range.Running.Tokens.RevokeAll();

        await range.CallAsync(client, List, "{}");

        Assert.Equal(2, Tokens(range).Count);
        var last = range.Running.Journal.Total;
        await range.Running.Journal.WaitAsync(entry => entry.Number == last && entry.Status is not null, TestContext.Current.CancellationToken);
        var calls = range.Running.Journal.To("/v1/device_groups");
        Assert.Equal([200, 401, 200], calls.Select(call => call.Status));
        Assert.NotEqual(calls[1].TokenId, calls[2].TokenId);
    }

    [Fact]
    public async Task A_second_refusal_in_a_row_is_the_callers_error()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Set(Fault.RejectedToken, 1);

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(range.Connect(), List, "{}"));

        Assert.Equal(UpstreamFailure.Auth, failure.Failure);
        Assert.Equal(2, range.Running.Journal.To("/v1/device_groups").Count);
    }

    [Fact]
    public async Task A_token_is_renewed_by_refresh_five_minutes_before_it_ends()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect();
        await range.CallAsync(client, List, "{}");
        clock.Advance(TimeSpan.FromSeconds(3600 - 301));
        await range.CallAsync(client, List, "{}");
        Assert.Single(Tokens(range));

        clock.Advance(TimeSpan.FromSeconds(2));
        await range.CallAsync(client, List, "{}");

        Assert.StartsWith("grant_type=refresh_token&refresh_token=", Tokens(range)[1].Body);
        Assert.DoesNotContain("password", Tokens(range)[1].Body);
    }

    [Fact, Trait("defect", "D2")]
    public async Task A_refused_refresh_falls_back_to_the_password_at_once()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect();
        await range.CallAsync(client, List, "{}");
        range.Controls.RefusesRefresh = true;
        clock.Advance(TimeSpan.FromSeconds(3500));

        await range.CallAsync(client, List, "{}");

        Assert.Equal(["password", "refresh_token", "password"], Tokens(range).Select(sent => sent.Body.Split('=', '&')[1]));
    }

    [Fact]
    public async Task A_token_shorter_than_the_margin_serves_more_than_one_call()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        range.Controls.TokenLifetime = TimeSpan.FromSeconds(120);
        var client = range.Connect();

        await range.CallAsync(client, List, "{}");
        await range.CallAsync(client, List, "{}");

        Assert.Single(Tokens(range));
    }

    [Fact]
    public async Task A_console_is_signed_in_to_by_password_every_time()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect(range.Settings(EsetDeployment.Onprem));
        await range.CallAsync(client, List, "{}");
        clock.Advance(TimeSpan.FromSeconds(3600 - 59));

        await range.CallAsync(client, List, "{}");

        Assert.Equal(2, range.Running.Journal.To("/GetTokens").Count);
    }

    [Fact]
    public async Task A_wrong_password_is_not_sent_again_for_five_minutes()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect(range.Settings() with { Password = new Secret("wrong-password") });
        for (var i = 0; i < 5; i++)
            Assert.Equal(UpstreamFailure.Auth, (await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(client, List, "{}"))).Failure);
        Assert.Single(Tokens(range));

        clock.Advance(SignInGuard.Memory);
        await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(client, List, "{}"));

        Assert.Equal(2, Tokens(range).Count);
    }

    [Fact]
    public async Task Guessing_a_password_stops_after_three_tries_even_through_new_clients()
    {
        await using var range = await EsetRange.StartAsync();
        var guard = new SignInGuard(range.Time);

        for (var i = 0; i < 6; i++)
            await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(range.Connect(range.Settings() with { Password = new Secret($"guess-number-{i}") }, guard), List, "{}"));

        Assert.Equal(3, Tokens(range).Count);
    }

    [Fact]
    public async Task A_sign_in_without_a_token_is_an_answer_that_is_not_documented()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script("/oauth/token", FaultStep.Status(200, """{"token_type":"Bearer"}"""));

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(range.Connect(), List, "{}"));

        Assert.Equal(UpstreamFailure.InvalidResponse, failure.Failure);
    }

    private static IReadOnlyList<JournalEntry> Tokens(EsetRange range) => range.Running.Journal.To("/oauth/token");
}
