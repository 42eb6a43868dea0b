using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Vectra.Entities;

public sealed class EntityToolsTests
{
    [Fact]
    public async Task Entities_are_listed_prioritized_or_not()
    {
        await using var rig = await VectraRig.StartAsync();

        var all = await rig.ResultAsync("vectra_entities_list", """{"fields":["is_prioritized"]}""");
        var flags = all.GetProperty("entities").EnumerateArray().Select(row => row.GetProperty("is_prioritized").GetBoolean()).ToList();

        Assert.Contains(true, flags);
        Assert.Contains(false, flags);
        Assert.Equal(all.GetProperty("returned_count").GetInt32(), flags.Count);
    }

    [Fact]
    public async Task A_host_is_found_by_its_address_however_that_is_written()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync("vectra_entities_list", """{"host_ip":"::ffff:10.1.2.3"}""");
        var plain = await rig.ResultAsync("vectra_entities_list", """{"host_ip":"10.1.2.3"}""");

        Assert.Equal((1, 334), (plain.GetProperty("total_count").GetInt32(), plain.GetProperty("entities")[0].GetProperty("id").GetInt32()));
        Assert.Equal(334, result.GetProperty("entities")[0].GetProperty("id").GetInt32());
        Assert.Contains("type=host", rig.Requests[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_looked_for_among_active_and_inactive_ones()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync("vectra_entities_find", """{"entity_name":"WS-3"}""");

        var rows = result.GetProperty("matched_entities");
        Assert.Equal(result.GetProperty("match_count").GetInt32(), rows.GetArrayLength());
        var states = rows.EnumerateArray().Select(row => row.GetProperty("state").GetString()).Distinct().ToList();
        Assert.Equal(["active", "inactive"], states.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["name", "id", "type", "last_detection_timestamp", "is_prioritized", "urgency_score", "state", "ip"], rows[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task An_api_that_lists_only_active_ones_is_asked_for_the_others()
    {
        await using var rig = await VectraRig.StartAsync();

        await rig.ResultAsync("vectra_entities_find", """{"entity_name":"ws-37"}""");

        Assert.Equal(["?name=ws-37&page_size=1000", "?state=inactive&name=ws-37&page_size=1000"], rig.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task An_address_is_looked_up_with_one_request_when_the_platform_knows_it()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync("vectra_host_find", """{"host_ip":"10.1.2.3"}""");

        Assert.Equal(334, result.GetProperty("matched_host").GetProperty("id").GetInt32());
        Assert.Equal("?last_source=10.1.2.3&page_size=50", Assert.Single(rig.Requests).Query);
    }

    [Fact]
    public async Task An_address_that_the_filter_misses_is_looked_for_among_all_hosts()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/v3.4/hosts", FaultStep.Status(200, """{"count":0,"next":null,"results":[]}"""));

        var result = await rig.ResultAsync("vectra_host_find", """{"host_ip":"10.1.2.3"}""");

        Assert.Equal(334, result.GetProperty("matched_host").GetProperty("id").GetInt32());
        Assert.Equal(2, rig.Requests.Count);
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_said_to_be_nobodys_within_a_budget()
    {
        await using var rig = await VectraRig.StartAsync(settings => settings with { MaxItems = 20 });

        var result = await rig.ResultAsync("vectra_host_find", """{"host_ip":"192.0.2.77"}""");

        Assert.Equal(System.Text.Json.JsonValueKind.Null, result.GetProperty("matched_host").ValueKind);
        Assert.False(result.GetProperty("scan_complete").GetBoolean());
        Assert.Equal(3, rig.Requests.Count);
    }

    [Fact]
    public async Task A_host_and_an_account_are_shown_whole()
    {
        await using var rig = await VectraRig.StartAsync();

        var host = await rig.ResultAsync("vectra_host_get", """{"host_id":334}""");
        var account = await rig.ResultAsync("vectra_account_get", """{"account_id":21}""");

        Assert.Equal("10.1.2.3", host.GetProperty("ip").GetString());
        Assert.Contains("alice@", account.GetProperty("name").GetProperty("value").GetString(), StringComparison.Ordinal);
    }
}
