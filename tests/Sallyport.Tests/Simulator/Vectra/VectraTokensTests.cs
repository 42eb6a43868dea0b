using System.Net;
using System.Text;
using System.Text.Json;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Tests.Simulator.Vectra;

public class VectraTokensTests
{
    [Fact]
    public async Task Credentials_buy_a_token_and_a_refresh_token_buys_another()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var first = await vectra.SignInAsync();
        var second = await vectra.SignInAsync(("grant_type", "refresh_token"), ("refresh_token", first.GetProperty("refresh_token").GetString()!));
        await vectra.GetAsync("/health");

        Assert.Equal(("Bearer", 21_600, 604_800), (first.GetProperty("token_type").GetString(), first.GetProperty("expires_in").GetInt32(), first.GetProperty("refresh_expires_in").GetInt32()));
        Assert.NotEqual(first.GetProperty("access_token").GetString(), second.GetProperty("access_token").GetString());
    }

    [Theory]
    [InlineData("wrong", "secret")]
    [InlineData("s:e:c", "s:e:c")]
    [InlineData("schlüssel-密", "schlüssel-密")]
    public async Task Only_the_right_secret_in_UTF8_is_accepted(string configured, string sent)
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        vectra.Controls.ClientSecret = configured;

        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token");
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{vectra.Controls.ClientId}:{sent}")));
        using var answer = await vectra.Http.SendAsync(request);

        Assert.Equal(configured == sent ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_access_token_is_no_refresh_token_and_the_other_way_round()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var tokens = await vectra.SignInAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => vectra.SignInAsync(("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("access_token").GetString()!)));
        vectra.Http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.GetProperty("refresh_token").GetString());

        Assert.Equal(401, (await vectra.SendAsync("GET", "/health")).Status);
    }

    [Fact]
    public async Task A_token_ends_when_its_time_is_over()
    {
        var clock = new FakeClock();
        await using var vectra = await SimulatedVectra.StartAsync(new() { Time = clock });
        vectra.Controls.TokenLifetime = TimeSpan.FromSeconds(90);
        await vectra.SignInAsync();

        clock.Advance(TimeSpan.FromSeconds(89));
        var before = (await vectra.SendAsync("GET", "/health")).Status;
        clock.Advance(TimeSpan.FromSeconds(1));
        var (after, body) = await vectra.SendAsync("GET", "/health");

        Assert.Equal((200, 401), (before, after));
        Assert.Equal("Authentication credentials were not provided.", JsonElement.Parse(body).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Taken_back_tokens_are_refused_and_new_ones_are_good()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        vectra.Running.Tokens.RevokeAll();
        var revoked = (await vectra.SendAsync("GET", "/health")).Status;
        await vectra.SignInAsync();

        Assert.Equal((401, 200), (revoked, (await vectra.SendAsync("GET", "/health")).Status));
        Assert.Equal(TokenStanding.Unknown, vectra.Running.Tokens.Check("made up"));
    }

    [Theory]
    [InlineData("/api/v3.4/oauth2/token", "POST", 401)]
    [InlineData("/oauth2/token/", "POST", 401)]
    [InlineData("/oauth2/token", "GET", 405)]
    [InlineData("/api/v2.5/detections", "GET", 404)]
    [InlineData("/api/v3.3/detections?page_size=1", "GET", 200)]
    [InlineData("/api/v3.4/nothing", "GET", 404)]
    public async Task Paths_and_versions_answer_as_the_platform_does(string path, string method, int status)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        using var request = new HttpRequestMessage(new(method), path);
        if (method == "POST")
            request.Content = new FormUrlEncodedContent([new("grant_type", "nonsense")]);
        using var answer = await vectra.Http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
