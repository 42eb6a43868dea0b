using System.Text.Json;
using Sallyport.Core;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Tests.Connectors.Eset.Composites;

public sealed class CompositeToolsTests
{
    [Fact]
    public async Task A_search_finds_a_device_a_user_and_an_address_and_says_where_it_matched()
    {
        await using var range = await EsetRange.StartAsync();
        var client = range.Connect();

        var byName = await range.CallAsync(client, "eset_search", """{"query":" WS-37 "}""");
        var byMail = await range.CallAsync(client, "eset_search", """{"query":"alice@","kinds":["user"]}""");
        var byAddress = await range.CallAsync(client, "eset_search", """{"query":"10.1.2.3","kinds":["device","device"]}""");

        Assert.Equal(range.World.Device(Cast.Victim).Id.ToString(), byName.GetProperty("matches")[0].GetProperty("uuid").GetString());
        Assert.Equal("primaryEmailAddress", byMail.GetProperty("matches")[0].GetProperty("matchedField").GetString());
        Assert.Equal("primaryLocalIpAddress", byAddress.GetProperty("matches")[0].GetProperty("matchedField").GetString());
        Assert.Equal(range.World.Devices().Count(device => device.Agent is not null), byAddress.GetProperty("scanned").GetProperty("device").GetInt32());
    }

    [Fact, Trait("defect", "D20")]
    public async Task A_search_that_stops_at_its_limit_says_so()
    {
        await using var range = await EsetRange.StartAsync();

        var found = await range.CallAsync(range.Connect(), "eset_search", """{"query":"contoso","kinds":["device","policy"],"limit_per_kind":3}""");

        Assert.Equal((true, false), (found.GetProperty("truncated").GetProperty("device").GetBoolean(), found.GetProperty("truncated").GetProperty("policy").GetBoolean()));
        Assert.Equal(6, found.GetProperty("total").GetInt32());
    }

    [Fact, Trait("defect", "D19")]
    public async Task A_search_asks_only_for_lists_that_exist_and_reports_the_one_that_fails()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script("/v1/device_groups", FaultStep.Status(403));

        var found = await range.CallAsync(range.Connect(), "eset_search", """{"query":"ws-37"}""");

        var skipped = Assert.Single(found.GetProperty("skipped").EnumerateArray());
        Assert.Equal("group", skipped.GetProperty("kind").GetString());
        Assert.Contains("403", skipped.GetProperty("reason").GetString());
        Assert.Empty(range.Running.Journal.To("/v1/groups"));
        Assert.NotEqual(0, found.GetProperty("total").GetInt32());
    }

    [Fact, Trait("defect", "D6")]
    public async Task A_search_walks_every_page()
    {
        await using var range = await EsetRange.StartAsync(devices: 2_500);

        var found = await range.CallAsync(range.Connect(), "eset_search", """{"query":"no such thing","kinds":["device"]}""");

        Assert.Equal(range.World.Devices().Count(device => device.Agent is not null), found.GetProperty("scanned").GetProperty("device").GetInt32());
        Assert.Equal(3, range.Running.Journal.To("/v1/devices").Count);
    }

    [Fact]
    public async Task A_blank_search_asks_nobody()
    {
        await using var range = await EsetRange.StartAsync();

        var found = await range.CallAsync(range.Connect(), "eset_search", """{"query":"  "}""");

        Assert.Equal(0, found.GetProperty("total").GetInt32());
        Assert.Equal(0, range.Running.Journal.Connections);
    }

    [Fact, Trait("defect", "D21")]
    public async Task A_device_profile_holds_only_what_is_about_the_device()
    {
        await using var range = await EsetRange.StartAsync();
        var id = range.World.Device(Cast.Victim).Id.ToString();

        var profile = await range.CallAsync(range.Connect(), "eset_device_profile", $$"""{"deviceUuid":"{{id}}"}""");

        Assert.Equal(id, profile.GetProperty("device").GetProperty("uuid").GetString());
        Assert.All(profile.GetProperty("recentDetections").GetProperty("detections").EnumerateArray(), row => Assert.Equal(id, row.GetProperty("context").GetProperty("deviceUuid").GetString()));
        Assert.All(profile.GetProperty("detectionGroups").GetProperty("detectionGroups").EnumerateArray(), row => Assert.Equal(id, row.GetProperty("device").GetProperty("uuid").GetString()));
        Assert.NotEmpty(profile.GetProperty("recentDetections").GetProperty("detections").EnumerateArray());
        Assert.Empty(profile.GetProperty("failedParts").EnumerateArray());
        Assert.Empty(range.Running.Journal.To("/v2/detections"));
    }

    [Fact, Trait("defect", "D11")]
    public async Task A_part_that_fails_is_named_and_the_others_stay()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script("/v1/scans/recent", FaultStep.Status(403));
        range.Running.Faults.Script("/v1/device-vulnerabilities", FaultStep.Html());

        var profile = await range.CallAsync(range.Connect(), "device_full_profile", $$"""{"deviceUuid":"{{range.World.Device(Cast.Victim).Id}}"}""");

        Assert.Equal(["deviceVulnerabilities", "recentScans"], profile.GetProperty("failedParts").EnumerateArray().Select(part => part.GetString()));
        Assert.Contains("403", profile.GetProperty("recentScans").GetProperty("_error").GetString());
        Assert.Equal(JsonValueKind.Array, profile.GetProperty("osVulnerabilities").GetProperty("vulnerabilities").ValueKind);
    }

    [Fact]
    public async Task Without_its_subject_a_composite_is_an_error_and_asks_nothing_else()
    {
        await using var range = await EsetRange.StartAsync();

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(range.Connect(), "eset_device_profile", """{"deviceUuid":"00000000-0000-4000-8000-000000000000"}"""));

        Assert.Equal(UpstreamFailure.NotFound, failure.Failure);
        Assert.Equal(2, range.Running.Journal.Total);
    }

    [Fact, Trait("defect", "D22")]
    public async Task Four_requests_of_one_call_are_under_way_at_a_time_and_no_more()
    {
        await using var range = await EsetRange.StartAsync();
        var (client, other) = (range.Connect(), range.Connect());
        await range.CallAsync(client, "eset_device_groups_list", "{}");
        await range.CallAsync(other, "eset_device_groups_list", "{}");
        var release = new TaskCompletionSource();
        foreach (var path in (string[])["/v2/detections/", "/v1/devices/", $"/v2/incidents/{range.World.Incident(Cast.Incident).Id}/comments"])
            range.Running.Faults.Script(path, FaultStep.Hold(release.Task), times: 100);
        var before = range.Running.Journal.Total;

        var call = range.CallAsync(client, "eset_incident_context", $$"""{"incidentUuid":"{{range.World.Incident(Cast.Incident).Id}}"}""");
        // Whoever asks has to wait for four; more would have come before all these answers of another client.
        await range.Running.Journal.WaitAsync(entry => entry.Number == before + 5, TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
            await range.CallAsync(other, "eset_device_groups_list", "{}");
        var underWay = range.Running.Journal.Entries(before).Count(entry => entry.Status is null && !entry.Path.StartsWith("/v1/device_groups", StringComparison.Ordinal));
        release.SetResult();
        var context = await call;

        Assert.Equal(4, underWay);
        Assert.InRange(1 + context.GetProperty("detections").GetArrayLength() + context.GetProperty("devices").GetArrayLength(), 5, 21);
    }

    [Fact]
    public async Task An_incident_comes_with_comments_detections_and_devices()
    {
        await using var range = await EsetRange.StartAsync();
        var client = range.Connect();
        var incident = range.World.Incident(Cast.Incident);
        await range.CallAsync(client, "eset_incident_comment_create", $$$"""{"incidentUuid":"{{{incident.Id}}}","comment":{"text":"looked at it"}}""");

        var context = await range.CallAsync(client, "incident_full_context", $$"""{"incidentUuid":"{{incident.Id}}"}""");

        var ofEndpoints = incident.Detections.Where(which => which.Source == DetectionSource.Endpoint).ToList();
        Assert.Equal("looked at it", context.GetProperty("comments").GetProperty("comments")[0].GetProperty("text").GetString());
        Assert.Equal(ofEndpoints.Count, context.GetProperty("detections").GetArrayLength());
        Assert.Equal(incident.Id.ToString(), context.GetProperty("incident").GetProperty("uuid").GetString());
        Assert.False(context.GetProperty("truncated").GetProperty("detections").GetBoolean());
        Assert.Equal("ws-37", context.GetProperty("devices")[0].GetProperty("device").GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task The_latest_detections_are_the_newest_of_the_whole_window_newest_first()
    {
        await using var range = await EsetRange.StartAsync();

        var latest = await range.CallAsync(range.Connect(), "eset_detections_latest", """{"hours":8760,"limit":7}""");

        var end = latest.GetProperty("window").GetProperty("endTime").GetDateTimeOffset();
        var expected = range.World.Detections(DetectionSource.Endpoint).Where(detection => detection.LastSeen >= end.AddHours(-8760) && detection.LastSeen < end)
            .OrderByDescending(detection => detection.LastSeen).Take(7).Select(detection => detection.LastSeen);
        Assert.Equal(expected, latest.GetProperty("detections").EnumerateArray().Select(row => row.GetProperty("occurTime").GetDateTimeOffset()));
        Assert.Equal(("v2", false), (latest.GetProperty("source").GetString(), latest.GetProperty("truncated").GetBoolean()));
    }

    [Fact]
    public async Task The_latest_detections_can_be_limited_by_severity()
    {
        await using var range = await EsetRange.StartAsync();

        var latest = await range.CallAsync(range.Connect(), "latest_detections", """{"hours":8760,"limit":200,"severity_min":"MEDIUM"}""");

        Assert.All(latest.GetProperty("detections").EnumerateArray(), row => Assert.Contains(row.GetProperty("severityLevel").GetString(), new[] { "SEVERITY_LEVEL_MEDIUM", "SEVERITY_LEVEL_HIGH" }));
        Assert.Equal(Math.Min(200, latest.GetProperty("totalInWindow").GetInt32()), latest.GetProperty("returned").GetInt32());
    }

    [Fact]
    public async Task Where_the_newer_list_is_missing_the_older_one_serves_and_that_is_said()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script("/v2/detections", FaultStep.Status(404));

        var latest = await range.CallAsync(range.Connect(), "eset_detections_latest", """{"hours":8760}""");

        Assert.Equal("v1", latest.GetProperty("source").GetString());
        Assert.Contains("404", latest.GetProperty("v2Failure").GetString());
        Assert.Equal(10, latest.GetProperty("returned").GetInt32());
    }
}
