using System.Text.Json;

namespace Sallyport.Tests.Simulator.Vectra;

/// <summary>Entities, and hosts and accounts in their own shapes.</summary>
public class EntityEndpointsTests
{
    private static async Task<List<JsonElement>> ListAsync(SimulatedVectra vectra, string pathAndQuery)
        => [.. (await vectra.GetAsync(pathAndQuery + "&page_size=5000")).GetProperty("results").EnumerateArray()];

    [Fact]
    public async Task The_phished_workstation_is_an_urgent_entity_with_its_three_detections()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var entity = await vectra.GetAsync("/entities/334?type=host");

        Assert.Equal(("ws-37", "host", "10.1.2.3", "active"), (entity.GetProperty("name").GetString(), entity.GetProperty("type").GetString(), entity.GetProperty("ip").GetString(), entity.GetProperty("state").GetString()));
        Assert.Equal(("Critical", true), (entity.GetProperty("severity").GetString(), entity.GetProperty("is_prioritized").GetBoolean()));
        Assert.Equal(
            new[] { 1933, 1934, 1935 }.Select(id => $"{vectra.Running.BaseUrl}api/v3.4/detections/{id}"),
            entity.GetProperty("detection_set").EnumerateArray().Select(url => url.GetString()));
    }

    [Fact]
    public async Task Hosts_and_accounts_share_ids_and_the_type_tells_them_apart()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var hosts = await ListAsync(vectra, "/hosts?fields=id,name");
        var accounts = await ListAsync(vectra, "/accounts?fields=id,name");

        var host = await vectra.GetAsync("/entities/21?type=host");
        var account = await vectra.GetAsync("/entities/21?type=account");

        Assert.Equal((400, 240), (hosts.Count, accounts.Count));
        Assert.Equal(240, hosts.Select(h => h.GetProperty("id").GetInt32()).Intersect(accounts.Select(a => a.GetProperty("id").GetInt32())).Count());
        Assert.Equal("O365:alice@contoso.example", account.GetProperty("name").GetString());
        Assert.NotEqual(host.GetProperty("name").GetString(), account.GetProperty("name").GetString());
        Assert.Equal(400, (await vectra.SendAsync("GET", "/entities/21")).Status);
        Assert.Equal(404, (await vectra.SendAsync("GET", "/entities/401?type=host")).Status);
    }

    [Fact]
    public async Task Some_entities_are_inactive_and_some_active_ones_are_not_prioritized()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var active = await ListAsync(vectra, "/entities?type=host&state=active");
        var inactive = await ListAsync(vectra, "/entities?type=host&state=inactive");
        var prioritized = await ListAsync(vectra, "/entities?type=host&is_prioritized=true");

        Assert.Equal(400, active.Count + inactive.Count);
        Assert.InRange(inactive.Count, 50, 300);
        Assert.InRange(prioritized.Count, 10, active.Count - 50);
        Assert.All(inactive, e => Assert.Equal(0, e.GetProperty("urgency_score").GetInt32()));
    }

    [Theory]
    [InlineData("/entities?name=WS-3&type=host", "ws-3")]
    [InlineData("/hosts?name=lobby", "cam-lobby-01")]
    [InlineData("/hosts?last_source=10.1.2.10", "srv-web-01")]
    [InlineData("/accounts?name=ALICE", "alice@")]
    public async Task A_name_is_matched_in_part_and_in_any_case(string path, string part)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var found = await ListAsync(vectra, path);

        Assert.NotEmpty(found);
        Assert.All(found, e => Assert.Contains(part, e.GetProperty("name").GetString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_host_shows_its_addresses_over_time_its_mac_and_its_owner()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var moved = (await ListAsync(vectra, "/hosts?name=ws-112"))[0];
        var byMac = await ListAsync(vectra, "/hosts?mac_address=" + moved.GetProperty("host_artifact_set")[1].GetProperty("value").GetString()!.ToUpperInvariant());
        var victim = await vectra.GetAsync("/hosts/334");

        Assert.Equal(("10.1.2.41", "10.1.2.40"), (moved.GetProperty("ip").GetString(), moved.GetProperty("previous_ips")[0].GetString()));
        Assert.Equal("ws-112", Assert.Single(byMac).GetProperty("name").GetString());
        Assert.Equal("alice@contoso.example", victim.GetProperty("probable_owner").GetString());
        Assert.Equal(3, victim.GetProperty("detection_summaries").GetArrayLength());
    }

    [Fact]
    public async Task An_account_shows_the_fields_asked_for_and_nothing_at_all_for_a_wrong_one()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var some = await vectra.GetAsync("/accounts/21?fields=id,name,threat");
        var wrong = await vectra.GetAsync("/accounts/21?fields=id,shoe_size");

        Assert.Equal(["id", "name", "threat"], some.EnumerateObject().Select(m => m.Name));
        Assert.Empty(wrong.EnumerateObject());
    }

    [Fact]
    public async Task Fixing_its_detections_calms_an_entity_down()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var before = (await vectra.GetAsync("/entities/334?type=host")).GetProperty("urgency_score").GetInt32();

        await vectra.SendAsync("PATCH", "/detections", """{"detectionIdList":[1933,1934,1935],"mark_as_fixed":true}""");
        var after = await vectra.GetAsync("/entities/334?type=host");

        Assert.True(before >= 60);
        Assert.Equal((0, "inactive"), (after.GetProperty("urgency_score").GetInt32(), after.GetProperty("state").GetString()));
    }
}
