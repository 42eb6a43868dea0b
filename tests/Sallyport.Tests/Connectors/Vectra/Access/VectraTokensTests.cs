using Sallyport.Core;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Vectra.Access;

public sealed class VectraTokensTests
{
    private const string Tool = "vectra_detection_ids_list";
    private const string One = """{"limit":1}""";

    [Fact]
    public async Task Calls_at_the_same_time_share_one_token()
    {
        await using var rig = await VectraRig.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.ResultAsync(Tool, One)));

        Assert.Equal((1, 8), (rig.TokenRequests, rig.Requests.Count));
    }

    [Fact]
    public async Task A_token_is_replaced_a_minute_before_its_end_and_not_earlier()
    {
        var clock = new FakeClock();
        await using var rig = await VectraRig.StartAsync(options: new() { Clock = clock }, simulator: new() { Time = clock });
        rig.Controls.TokenLifetime = TimeSpan.FromMinutes(10);
        await rig.ResultAsync(Tool, One);
        clock.Advance(TimeSpan.FromSeconds(539));
        await rig.ResultAsync(Tool, One);
        Assert.Equal(1, rig.TokenRequests);

        clock.Advance(TimeSpan.FromSeconds(1));
        await rig.ResultAsync(Tool, One);

        Assert.Equal(2, rig.TokenRequests);
    }

    [Fact]
    public async Task A_short_lived_token_is_used_for_half_its_life()
    {
        var clock = new FakeClock();
        await using var rig = await VectraRig.StartAsync(options: new() { Clock = clock }, simulator: new() { Time = clock });
        rig.Controls.TokenLifetime = TimeSpan.FromSeconds(100);
        await rig.ResultAsync(Tool, One);
        clock.Advance(TimeSpan.FromSeconds(49));
        await rig.ResultAsync(Tool, One);
        Assert.Equal(1, rig.TokenRequests);

        clock.Advance(TimeSpan.FromSeconds(1));
        await rig.ResultAsync(Tool, One);

        Assert.Equal(2, rig.TokenRequests);
    }

    [Theory]
    [InlineData(Tool, One)]
    [InlineData("vectra_detections_mark_fixed", """{"detection_ids":[1933],"mark_fixed":true}""")]
    public async Task A_revoked_token_is_replaced_once_and_the_call_succeeds(string tool, string arguments)
    {
        await using var rig = await VectraRig.StartAsync();
        await rig.ResultAsync(Tool, One);
        rig.Platform.Tokens.RevokeAll();

        await rig.ResultAsync(tool, arguments);

        Assert.Equal(2, rig.TokenRequests);
    }

    [Fact]
    public async Task A_token_that_is_refused_again_is_an_error_and_not_an_empty_list()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Set(Fault.RejectedToken);

        Assert.Equal("upstream_auth", await rig.CodeAsync(Tool, One));
        Assert.Equal(2, rig.TokenRequests);
    }

    [Theory]
    [InlineData("with:colon:se:cret")]
    [InlineData("gehéimnis-пароль-秘密")]
    public async Task A_secret_may_hold_colons_and_letters_of_any_language(string secret)
    {
        await using var rig = await VectraRig.StartAsync(settings => settings with { ClientSecret = new Secret(secret) });
        rig.Controls.ClientSecret = secret;

        await rig.ResultAsync(Tool, One);

        Assert.Equal(1, rig.TokenRequests);
    }

    [Fact]
    public async Task Wrong_credentials_are_asked_for_once_and_shown_nowhere()
    {
        await using var rig = await VectraRig.StartAsync(settings => settings with { ClientSecret = new Secret("wrong-secret-0123456789") });

        var failed = Assert.IsType<ToolOutcome.Failed>(await rig.CallAsync(Tool, One));

        Assert.Equal(("upstream_auth", 1, 0), (failed.Error.Code, rig.TokenRequests, rig.Requests.Count));
        Assert.DoesNotContain("wrong-secret", failed.Error.Message + failed.Error.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("d3Jvbmctc2VjcmV0", await File.ReadAllTextAsync(rig.Gateway.AuditFile, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throttled_token_request_is_repeated_twice_at_most()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/oauth2/token", FaultStep.Throttle(0), times: 10);

        Assert.Equal("upstream_throttled", await rig.CodeAsync(Tool, One));
        Assert.Equal(3, rig.TokenRequests);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Credentials_do_not_follow_a_redirect(int status)
    {
        await using var elsewhere = await VectraRig.StartAsync();
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/oauth2/token", FaultStep.Redirect(new Uri(elsewhere.Platform.BaseUrl, "/oauth2/token").ToString(), status), times: 10);

        Assert.Equal("upstream_invalid_response", await rig.CodeAsync(Tool, One));
        Assert.Equal(0, elsewhere.Platform.Journal.Connections);
    }
}
