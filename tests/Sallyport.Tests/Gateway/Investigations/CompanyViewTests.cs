using System.Text.Json;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.World;

namespace Sallyport.Tests.Gateway.Investigations;

/// <summary>One question to the whole simulated company, and what the five platforms say together.</summary>
public sealed class CompanyViewTests
{
    private static readonly string[] Everybody = ["defectdojo", "defender", "eset", "network", "vectra"];

    [Fact]
    public async Task The_host_of_the_tour_is_one_host_on_all_five_platforms()
    {
        await using var range = await CompanyRange.StartAsync();
        await range.ScanAsync();

        var look = await range.LookAsync("host_profile", """{"name":"ws-37","detail":"full"}""");

        var device = Assert.Single(look.Of(5001));
        Assert.Equal(Everybody, look.SourcesOf(device));
        Assert.Equal("ws-37.contoso.example", Look.Host(device));
        Assert.Contains(device.GetProperty("unmapped").GetProperty("matches").EnumerateArray(), match => match.GetProperty("rule").GetString() == "mac" && match.GetProperty("score").GetInt32() == 95);
        Assert.Contains(look.Of(2004), alert => alert.GetProperty("metadata").GetProperty("product").GetProperty("uid").GetString() == "vectra" && Look.Text(alert.GetProperty("finding_info").GetProperty("title")) == "Hidden DNS Tunnel");
        Assert.Contains(look.Of(2002), found => found.GetProperty("vulnerabilities")[0].GetProperty("cve").GetProperty("uid").GetString() == "CVE-2023-23397");
        Assert.All(look.Json.GetProperty("sources").EnumerateArray(), report => Assert.True(report.GetProperty("status").GetString() is "ok" or "empty", report.ToString()));
    }

    [Fact]
    public async Task Asked_by_address_the_host_is_found_by_name_where_addresses_are_not_known()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("host_profile", """{"ip":"10.1.2.3"}""");

        Assert.Contains("defectdojo", look.SourcesOf(Assert.Single(look.Of(5001))));
    }

    [Fact]
    public async Task A_hardware_address_finds_its_host_however_it_is_written()
    {
        await using var range = await CompanyRange.StartAsync();
        var mac = range.World.Device(Cast.Victim).Mac.Replace(":", "-", StringComparison.Ordinal).ToUpperInvariant();

        var look = await range.LookAsync("host_profile", $$"""{"mac":"{{mac}}"}""");

        Assert.Equal(["defectdojo", "defender", "eset", "vectra"], look.SourcesOf(Assert.Single(look.Of(5001))));
    }

    [Fact]
    public async Task Two_hosts_that_had_one_address_at_different_times_stay_two()
    {
        await using var range = await CompanyRange.StartAsync();
        await range.ScanAsync();

        var now = await range.LookAsync("host_profile", $$"""{"ip":"{{Cast.SharedAddress}}"}""");
        var then = await range.LookAsync("host_profile", $$"""{"ip":"{{Cast.SharedAddress}}","at":"{{range.World.Now.AddDays(-20):yyyy-MM-ddTHH:mm:ssZ}}"}""");

        Assert.Equal(["ws-118.contoso.example", "ws-112.contoso.example"], now.Of(5001).Select(Look.Host));
        Assert.Equal([true, false], now.Of(5001).Select(Held));
        Assert.Contains("network", now.SourcesOf(now.Of(5001)[0]));
        Assert.Equal("ws-112.contoso.example", Look.Host(then.Of(5001)[0]));
        Assert.Equal([true, false], then.Of(5001).Select(Held));

        static bool Held(JsonElement row) => row.GetProperty("unmapped").GetProperty("held_address_at_that_time").GetBoolean();
    }

    [Fact]
    public async Task A_host_that_only_the_network_shows_and_an_agent_that_fell_silent_are_gaps()
    {
        await using var range = await CompanyRange.StartAsync();
        await range.ScanAsync();

        var look = await range.LookAsync("coverage_gaps", """{"detail":"full"}""");

        var camera = Gap("cam-lobby-01");
        Assert.Equal("no_agent", camera.GetProperty("kind").GetString());
        Assert.True(camera.GetProperty("certain").GetBoolean());
        Assert.Equal(["network", "vectra"], look.SourcesOf(look.Events.Single(row => Look.Host(row) == "cam-lobby-01")));
        Assert.Equal("silent_agent", Gap("ws-52.contoso.example").GetProperty("kind").GetString());
        Assert.Contains("seen since by vectra", Gap("ws-52.contoso.example").GetProperty("because").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(look.Events, row => Look.Host(row) is "ws-37.contoso.example" or "ws-118.contoso.example");

        JsonElement Gap(string host) => look.Events.Single(row => Look.Host(row) == host).GetProperty("unmapped").GetProperty("gap");
    }

    [Fact]
    public async Task The_phished_user_is_one_user_with_the_alerts_of_every_platform()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("user_profile", """{"user":"alice@contoso.example"}""");

        Assert.Equal(["defender", "eset", "vectra"], look.SourcesOf(Assert.Single(look.Of(5003))));
        Assert.Equal(["defender", "eset", "vectra"], look.Of(2004).Select(alert => alert.GetProperty("metadata").GetProperty("product").GetProperty("uid").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_beacon_is_found_wherever_it_was_met_and_who_cannot_look_is_named()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("indicator_sweep", $$"""{"indicator":"{{Cast.BeaconAddress}}"}""");

        Assert.Equal(["defender", "eset", "vectra"], look.Events.Select(row => row.GetProperty("metadata").GetProperty("product").GetProperty("uid").GetString()!).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("defectdojo", look.Json.GetProperty("summary").GetProperty("cannot_look_for_this").EnumerateArray().Select(source => source.GetString()));
    }

    [Fact]
    public async Task A_scan_that_its_caller_waited_for_counts_as_a_look_too()
    {
        await using var range = await CompanyRange.StartAsync();
        var before = await range.LookAsync("host_profile", """{"name":"ws-37"}""");
        await range.Gate.ResultAsync("net_ports_scan", """{"target":"10.1.2.0/24","ports":"22,80"}""");

        var after = await range.LookAsync("host_profile", """{"name":"ws-37"}""");

        Assert.DoesNotContain("network", before.SourcesOf(Assert.Single(before.Of(5001))));
        Assert.Contains("network", after.SourcesOf(Assert.Single(after.Of(5001))));
    }

    [Fact]
    public async Task A_mail_address_is_looked_for_among_senders_and_recipients()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("indicator_sweep", $$"""{"indicator":"{{Cast.PhishingSender}}"}""");

        Assert.Equal("email", look.Json.GetProperty("summary").GetProperty("kind").GetString());
        Assert.NotEmpty(look.Events);
        Assert.All(look.Events, row => Assert.Equal("defender", row.GetProperty("metadata").GetProperty("product").GetProperty("uid").GetString()));
    }

    [Fact]
    public async Task Defender_gives_the_score_that_its_knowledge_base_has()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("host_profile", """{"name":"ws-37","detail":"full"}""");

        var told = look.Of(2002).Where(row => row.GetProperty("metadata").GetProperty("product").GetProperty("uid").GetString() == "defender").ToList();
        Assert.NotEmpty(told);
        Assert.All(told, row => Assert.InRange(row.GetProperty("vulnerabilities")[0].GetProperty("cve").GetProperty("cvss")[0].GetProperty("base_score").GetDouble(), 4, 10));
    }

    [Fact]
    public async Task The_unpatched_web_server_with_its_port_seen_open_leads_the_exposures()
    {
        await using var range = await CompanyRange.StartAsync();
        await range.ScanAsync();

        var look = await range.LookAsync("exposure_queue", """{"host":"srv-web-01"}""");

        var first = look.Events[0];
        Assert.Equal(Cast.WebServerCve, first.GetProperty("vulnerabilities")[0].GetProperty("cve").GetProperty("uid").GetString());
        Assert.Equal("service_seen_open", first.GetProperty("unmapped").GetProperty("reachability").GetString());
        Assert.Equal("0.944", first.GetProperty("vulnerabilities")[0].GetProperty("cve").GetProperty("epss").GetProperty("score").GetString());
        Assert.True(first.GetProperty("unmapped").GetProperty("known_exploited").GetBoolean());
        Assert.Equal(["defectdojo", "defender", "eset"], look.SourcesOf(first));
    }

    [Fact]
    public async Task The_timeline_of_the_incident_tells_every_platforms_part_in_order_and_draws_it()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("incident_timeline", $$"""{"incident":"defender:{{range.World.Incident(Cast.Incident).Number}}","pictures":"both"}""");
        var again = await range.LookAsync("incident_timeline", $$"""{"incident":"defender:{{range.World.Incident(Cast.Incident).Number}}","pictures":"both"}""");

        Assert.Equal("2005", Assert.Single(look.Of(2005)).GetProperty("class_uid").ToString());
        var times = look.Of(2004).Select(row => row.GetProperty("time").GetInt64()).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(["defender", "eset", "vectra"], look.Of(2004).Select(alert => alert.GetProperty("metadata").GetProperty("product").GetProperty("uid").GetString()!).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(look.Of(2004), alert => alert.GetProperty("finding_info").TryGetProperty("attacks", out var attacks) && attacks[0].GetProperty("technique").GetProperty("uid").GetString() == "T1566");
        Assert.Equal(4, look.Outcome.Attachments.Count);
        Assert.All(look.Outcome.Attachments.Zip(again.Outcome.Attachments), pair => Assert.Equal(pair.First.Sha256, pair.Second.Sha256));
    }

    [Theory]
    [InlineData("host_profile", """{"name":"ws-37","detail":"full"}""")]
    [InlineData("user_profile", """{"user":"alice@contoso.example","detail":"full"}""")]
    [InlineData("alert_queue", """{"hours":720,"detail":"full"}""")]
    [InlineData("indicator_sweep", """{"indicator":"tunnel.example","detail":"full"}""")]
    [InlineData("incident_timeline", """{"host":"ws-37","detail":"full"}""")]
    [InlineData("exposure_queue", """{"detail":"full"}""")]
    [InlineData("coverage_gaps", """{"detail":"full"}""")]
    public async Task Every_event_has_the_numbers_that_the_schema_demands(string tool, string arguments)
    {
        await using var range = await CompanyRange.StartAsync(new TestGatewayOptions { Limits = new ResponseLimits(Bytes: 4_000_000, Tokens: 1_000_000) });

        var look = await range.LookAsync(tool, arguments);

        Assert.NotEmpty(look.Events);
        Assert.All(look.Events, row =>
        {
            var (classUid, activity) = (row.GetProperty("class_uid").GetInt32(), row.GetProperty("activity_id").GetInt32());
            Assert.True(classUid is 5001 or 5003 or 2002 or 2004 or 2005);
            Assert.Equal(classUid / 1000, row.GetProperty("category_uid").GetInt32());
            Assert.Equal((classUid * 100) + activity, row.GetProperty("type_uid").GetInt32());
            Assert.InRange(activity, 1, 3);
            Assert.InRange(row.GetProperty("severity_id").GetInt32(), 0, 5);
            Assert.True(row.GetProperty("time").GetInt64() > 0);
            Assert.Equal("1.8.0", row.GetProperty("metadata").GetProperty("version").GetString());
            Assert.True(classUid switch { 5001 => row.TryGetProperty("device", out _), 5003 => row.TryGetProperty("user", out _), 2005 => row.TryGetProperty("finding_info_list", out _), _ => row.TryGetProperty("finding_info", out _) });
        });
    }

    [Fact]
    public async Task Text_that_others_wrote_is_marked_in_joined_results_too()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("alert_queue", """{"hours":720,"detail":"full"}""");

        Assert.All(look.Events, row => Assert.StartsWith("untrusted-content", row.GetProperty("finding_info").GetProperty("title").GetProperty("_warning").GetString(), StringComparison.Ordinal));
        Assert.Equal("contoso-not-named", look.Json.TryGetProperty("tenant", out _) ? "named" : "contoso-not-named");
    }

    [Fact]
    public async Task What_a_budget_cuts_off_is_reached_by_the_cursor_and_nothing_comes_twice()
    {
        await using var range = await CompanyRange.StartAsync();
        List<string> seen = [];
        string? cursor = null;
        var total = 0;
        do
        {
            var arguments = cursor is null ? """{"hours":720,"max_tokens":2000}""" : $$"""{"hours":720,"max_tokens":2000,"cursor":"{{cursor}}"}""";
            var look = await range.LookAsync("alert_queue", arguments);
            Assert.InRange(look.Outcome.Json.Length, 1, 8_000);
            total = look.Json.GetProperty("summary").GetProperty("alerts").GetInt32();
            seen.AddRange(look.Events.Select(row => $"{row.GetProperty("metadata").GetProperty("product").GetProperty("uid").GetString()} {row.GetProperty("metadata").GetProperty("uid").GetString()}"));
            cursor = look.Json.TryGetProperty("_capped", out var capped) && capped.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(total, seen.Count);
        Assert.Equal(total, seen.Distinct().Count());
    }
}
