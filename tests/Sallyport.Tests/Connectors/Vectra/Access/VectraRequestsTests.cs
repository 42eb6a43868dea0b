using Microsoft.AspNetCore.Http;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting;
using Sallyport.Tests.Core.Http;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Vectra.Access;

public sealed class VectraRequestsTests
{
    private const string Read = "vectra_detection_ids_list";
    private const string One = """{"limit":1}""";
    private const string Write = "vectra_detections_mark_fixed";
    private const string Mark = """{"detection_ids":[1933],"mark_fixed":true}""";

    [Fact]
    public async Task A_read_is_repeated_after_passing_faults()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.StatusRetryAfter(503, 0));
        rig.Platform.Faults.Script("/api/", FaultStep.Throttle(0));

        await rig.ResultAsync(Read, One);

        Assert.Equal([503, 429, 200], rig.Requests.Select(request => request.Status!.Value));
    }

    [Fact]
    public async Task A_read_is_repeated_after_a_broken_connection()
    {
        await using var rig = await VectraRig.StartAsync(options: new() { UsesRealTime = true });
        rig.Platform.Faults.Script("/api/", FaultStep.Reset());

        await rig.ResultAsync(Read, One);

        Assert.Equal(2, rig.Requests.Count);
    }

    [Theory]
    [InlineData(DropAt.BeforeWork)]
    [InlineData(DropAt.AfterWork)]
    public async Task A_change_whose_connection_breaks_is_sent_exactly_once_and_said_to_be_unknown(DropAt when)
    {
        await using var rig = await VectraRig.StartAsync(options: new() { UsesRealTime = true });
        rig.Platform.Faults.Script("/api/", FaultStep.Reset(when), times: 10, method: "PATCH");

        Assert.Equal("outcome_unknown", await rig.CodeAsync(Write, Mark));
        Assert.Single(rig.Requests);
    }

    [Fact]
    public async Task A_change_is_not_repeated_after_a_server_error()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Status(500), times: 10, method: "PATCH");

        Assert.Equal("upstream_unavailable", await rig.CodeAsync(Write, Mark));
        Assert.Single(rig.Requests);
    }

    [Theory]
    [InlineData(401, "upstream_auth")]
    [InlineData(403, "upstream_forbidden")]
    [InlineData(429, "upstream_throttled")]
    [InlineData(500, "upstream_unavailable")]
    public async Task A_first_page_that_fails_is_an_error_and_never_an_empty_list(int status, string code)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.StatusRetryAfter(status, 0), times: 100);

        foreach (var tool in new[] { "vectra_detections_list", "vectra_detections_summarize", Read, "vectra_entities_list" })
            Assert.Equal(code, await rig.CodeAsync(tool));
    }

    [Fact]
    public async Task What_is_not_json_is_a_failure()
    {
        await using var rig = await VectraRig.StartAsync();
        foreach (var step in new[] { FaultStep.Html(), FaultStep.Truncate(), FaultStep.Status(200, "[]"), FaultStep.Status(200, """{"count":0}""") })
        {
            rig.Platform.Faults.Script("/api/", step);
            Assert.Equal("upstream_invalid_response", await rig.CodeAsync(Read, """{"limit":20}"""));
        }
    }

    [Fact]
    public async Task A_page_above_the_cap_is_cut_off()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Pad(60L << 20));

        Assert.Equal("too_large", await rig.CodeAsync(Read, One));
    }

    [Fact]
    public async Task Requests_beyond_the_rate_wait_their_turn()
    {
        var clock = new FakeClock();
        await using var rig = await VectraRig.StartAsync(
            settings => settings with { RateLimitRequests = 2, RateLimitPeriod = 60 }, new() { Clock = clock });
        await rig.ResultAsync(Read, One);
        await rig.ResultAsync(Read, One);

        var third = rig.ResultAsync(Read, One);
        await clock.TimerSetAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, rig.Requests.Count);
        clock.Advance(TimeSpan.FromSeconds(30));
        await third;

        Assert.Equal(3, rig.Requests.Count);
    }

    [Fact]
    public async Task A_platform_that_keeps_failing_is_left_alone()
    {
        await using var rig = await VectraRig.StartAsync(options: new() { Circuit = new CircuitOptions(FailureThreshold: 2) });
        rig.Platform.Faults.Script("/api/", FaultStep.Status(500), times: 100, method: "PATCH");
        await rig.CodeAsync(Write, Mark);
        await rig.CodeAsync(Write, Mark);

        Assert.Equal("circuit_open", await rig.CodeAsync(Read, One));
        Assert.Equal(2, rig.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_elsewhere_is_refused_and_one_that_adds_a_slash_is_followed_once()
    {
        await using var elsewhere = await VectraRig.StartAsync();
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Redirect(new Uri(elsewhere.Platform.BaseUrl, "/api/v3.4/detections/").ToString(), 301));
        Assert.Equal("upstream_invalid_response", await rig.CodeAsync(Read, One));
        Assert.Equal(0, elsewhere.Platform.Journal.Connections);

        rig.Controls.RedirectsToSlash = true;
        await rig.ResultAsync(Read, One);

        Assert.Equal("/api/v3.4/detections/", rig.Requests[^1].Path);
    }

    [Fact]
    public async Task A_private_authority_is_trusted_when_the_settings_name_it_and_only_then()
    {
        await using var company = await SimulatedCompany.StartAsync(new() { Https = true, OpenPorts = false, Platforms = [Platform.Vectra] });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, company.Certificate!.ExportCertificatePem());
        var settings = VectraRig.SettingsFor(company);
        await using var trusting = await TestGateway.StartAsync(new Sallyport.Connectors.Vectra.VectraConnector(), settings with { CaFile = file });
        await using var strict = await TestGateway.StartAsync(new Sallyport.Connectors.Vectra.VectraConnector(), settings, new() { UsesRealTime = true });

        Assert.IsType<ToolOutcome.Succeeded>(await trusting.CallAsync(Read, One));
        Assert.Equal("upstream_unavailable", (await strict.CallAsync(Read, One)).Problem?.Code);
        File.Delete(file);
    }

    [Fact]
    public async Task Requests_go_through_the_proxy_that_the_settings_name()
    {
        await using var proxy = await ScriptedServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Method == "POST"
                ? """{"access_token":"via-proxy","expires_in":600}"""
                : """{"count":1,"next":null,"results":[{"id":7}]}""");
        });
        await using var rig = await VectraRig.StartAsync(settings => settings with { Proxy = proxy.Address.ToString() });

        var result = await rig.ResultAsync(Read, One);

        Assert.Equal((7, 2, 0), (result.GetProperty("detections_ids")[0].GetProperty("id").GetInt32(), proxy.Requests.Count, rig.Platform.Journal.Connections));
    }
}
