using System.Text.Json;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.World;

namespace Sallyport.Tests.Simulator.Vectra;

public class DetectionEndpointsTests
{
    private static async Task<List<JsonElement>> ListAsync(SimulatedVectra vectra, string query)
        => [.. (await vectra.GetAsync("/detections?page_size=5000&" + query)).GetProperty("results").EnumerateArray()];

    [Fact]
    public async Task The_beacon_of_the_tour_is_shown_as_the_contract_shows_it()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var beacon = await vectra.GetAsync("/detections/1933");

        Assert.Equal(
            ("Hidden DNS Tunnel", "command_and_control", "active", "host", 60, 70, "10.1.2.3"),
            (beacon.GetProperty("detection").GetString(), beacon.GetProperty("detection_category").GetString(), beacon.GetProperty("state").GetString(), beacon.GetProperty("type").GetString(),
                beacon.GetProperty("threat").GetInt32(), beacon.GetProperty("certainty").GetInt32(), beacon.GetProperty("src_ip").GetString()));
        Assert.Equal((334, "ws-37"), (beacon.GetProperty("src_host").GetProperty("id").GetInt32(), beacon.GetProperty("src_host").GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, beacon.GetProperty("src_account").ValueKind);
        Assert.Equal("203.0.113.9", beacon.GetProperty("summary").GetProperty("dst_ips")[0].GetString());
        Assert.Equal("tunnel.example", beacon.GetProperty("grouped_details")[0].GetProperty("target_domains")[0].GetString());
    }

    [Fact]
    public async Task Every_category_state_and_kind_of_entity_occurs()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var all = await ListAsync(vectra, "fields=id,state,type,detection_category,is_targeting_key_asset");
        string[] Values(string member) => [.. all.Select(d => d.GetProperty(member).ToString()).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(2_600, all.Count);
        Assert.Equal(["active", "filteredbyai", "filteredbyrule", "fixed", "inactive"], Values("state"));
        Assert.Equal(["account", "host"], Values("type"));
        Assert.Equal(["botnet_activity", "command_and_control", "exfiltration", "info", "lateral_movement", "reconnaissance"], Values("detection_category"));
        Assert.Equal(["False", "True"], Values("is_targeting_key_asset"));
    }

    [Theory]
    [InlineData("detection_type=tUNNel", "detection", "Hidden DNS Tunnel|Hidden HTTPS Tunnel")]
    [InlineData("detection_category=lateral", "detection_category", "lateral_movement")]
    [InlineData("detection_category=botnet,info", "detection_category", "botnet_activity|info")]
    [InlineData("state=fixed,filteredbyai", "state", "filteredbyai|fixed")]
    [InlineData("src_ip=10.1.2.3", "src_ip", "10.1.2.3")]
    [InlineData("id=5,7,99999", "id", "5|7")]
    [InlineData("min_id=2599", "id", "2599|2600")]
    [InlineData("max_id=2", "id", "1|2")]
    [InlineData("is_targeting_key_asset=true", "is_targeting_key_asset", "True")]
    [InlineData("is_triaged=true", "state", "filteredbyrule")]
    [InlineData("tags=reviewed", "tags", "[\"reviewed\"]")]
    [InlineData("destination=tunnel.example", "detection", "Azure AD Suspicious Sign-On|Hidden DNS Tunnel|O365 Suspicious Mail Forwarding")]
    public async Task A_filter_keeps_what_fits_and_nothing_else(string filter, string member, string values)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var kept = await ListAsync(vectra, $"fields={member}&{filter}");

        Assert.Equal(values, string.Join('|', kept.Select(d => d.GetProperty(member).ToString()).Distinct().Order(StringComparer.Ordinal)));
        Assert.True(kept.Count < 2_600);
    }

    [Fact]
    public async Task Time_windows_include_both_ends()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        var time = (await vectra.GetAsync("/detections/1933")).GetProperty("last_timestamp").GetString();

        var exactly = await ListAsync(vectra, $"fields=id&last_timestamp_gte={time}&last_timestamp_lte={time}");

        Assert.Contains(exactly, d => d.GetProperty("id").GetInt32() == 1933);
    }

    [Fact]
    public async Task An_entity_id_means_the_host_and_the_account_that_share_it()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var both = await ListAsync(vectra, "entity_id=21");
        var host = await ListAsync(vectra, "host_id=21");
        var account = await ListAsync(vectra, "src_account=21");

        Assert.Contains(both, d => d.GetProperty("src_account").ValueKind == JsonValueKind.Object && d.GetProperty("src_account").GetProperty("name").GetString() == "O365:alice@contoso.example");
        Assert.NotEmpty(host);
        Assert.Equal(both.Count, host.Count + account.Count);
    }

    [Theory]
    [InlineData("\"True\"", "\"False\"")]
    [InlineData("true", "false")]
    public async Task Marking_as_fixed_changes_the_state_and_can_be_undone(string yes, string no)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        var (status, body) = await vectra.SendAsync("PATCH", "/detections", $$"""{"detectionIdList":[1933,1934],"mark_as_fixed":{{yes}}}""");
        var marked = (await vectra.GetAsync("/detections/1934")).GetProperty("state").GetString();
        await vectra.SendAsync("PATCH", "/detections", $$"""{"detectionIdList":["1933",1934],"mark_as_fixed":{{no}}}""");

        Assert.Equal((200, """{"_meta":{"level":"Success","message":"Successfully marked detections"}}"""), (status, body));
        Assert.Equal(("fixed", "active"), (marked, (await vectra.GetAsync("/detections/1934")).GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_closed_detection_is_not_active_until_it_is_opened_whatever_its_mark()
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        await vectra.SendAsync("PATCH", "/detections/close", """{"detectionIdList":[1933],"reason":"benign"}""");
        await vectra.SendAsync("PATCH", "/detections", """{"detectionIdList":[1933],"mark_as_fixed":false}""");
        var closed = await vectra.GetAsync("/detections/1933");
        await vectra.SendAsync("PATCH", "/detections/open", """{"detectionIdList":[1933]}""");
        var opened = await vectra.GetAsync("/detections/1933");

        Assert.Equal(("inactive", "benign"), (closed.GetProperty("state").GetString(), closed.GetProperty("reason").GetString()));
        Assert.Equal(("active", JsonValueKind.Null), (opened.GetProperty("state").GetString(), opened.GetProperty("reason").ValueKind));
    }

    [Theory]
    [InlineData("/detections", """{"detectionIdList":[],"mark_as_fixed":true}""", 422)]
    [InlineData("/detections", """{"detectionIdList":[1933]}""", 422)]
    [InlineData("/detections", """{"detectionIdList":[1933,99999],"mark_as_fixed":true}""", 404)]
    [InlineData("/detections", "not json", 422)]
    [InlineData("/detections/close", """{"detectionIdList":[1933],"reason":"bored"}""", 422)]
    public async Task A_write_that_does_not_fit_changes_nothing(string path, string body, int status)
    {
        await using var vectra = await SimulatedVectra.StartAsync();

        Assert.Equal(status, (await vectra.SendAsync("PATCH", path, body)).Status);
        Assert.Equal("active", (await vectra.GetAsync("/detections/1933")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Hostile_text_reaches_summaries_as_it_is_when_switched_on_and_only_then()
    {
        await using var vectra = await SimulatedVectra.StartAsync();
        async Task<string> AllAsync() => await vectra.Http.GetStringAsync("/api/v3.4/detections?page_size=2600&fields=summary");

        var calm = await AllAsync();
        vectra.Running.Faults.Set(Fault.HostileText);
        var hostile = await AllAsync();

        Assert.DoesNotContain(HostileText.Marker, calm, StringComparison.Ordinal);
        Assert.Contains("<script>fetch(", hostile, StringComparison.Ordinal);
        Assert.Contains("invoice\u202Efdp.exe", hostile, StringComparison.Ordinal);
    }
}
