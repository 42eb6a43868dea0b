using System.Text.Json;

namespace Sallyport.Tests.Connectors.Vectra.Detections;

public sealed class DetectionToolsTests
{
    [Fact]
    public async Task An_outline_has_the_members_that_scripts_know()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync("vectra_detections_summarize", """{"detection_name":"Hidden DNS","limit":1}""");

        var row = result.GetProperty("detections")[0];
        Assert.Equal(
            ["id", "name", "detection_category", "last_timestamp", "is_triaged", "state", "entity_type"], row.EnumerateObject().Select(member => member.Name));
        Assert.Contains("Hidden DNS", row.GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detections_that_target_key_assets_are_not_hidden_unasked()
    {
        await using var rig = await VectraRig.StartAsync();

        var all = await CountAsync(rig, "{}");
        var key = await CountAsync(rig, """{"is_targeting_key_asset":true}""");
        var other = await CountAsync(rig, """{"is_targeting_key_asset":false}""");

        Assert.True(key > 0);
        Assert.Equal(all, key + other);
    }

    [Fact]
    public async Task A_count_by_name_counts_what_the_list_by_name_holds()
    {
        await using var rig = await VectraRig.StartAsync();
        const string filters = """{"detection_name":"tunnel","state":null}""";

        var listed = await rig.ResultAsync("vectra_detection_ids_list", filters);
        var count = await CountAsync(rig, filters);

        Assert.Equal(listed.GetProperty("detections_ids").GetArrayLength(), count);
        Assert.True(count < await CountAsync(rig, """{"state":null}"""));
    }

    [Fact]
    public async Task A_count_says_by_what_it_counted()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync("vectra_detections_count", """{"detection_category":"lateral"}""");

        Assert.Equal("lateral", result.GetProperty("filters").GetProperty("detection_category").GetString());
        Assert.Contains("match", result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detection_comes_with_its_single_events_and_the_read_is_noted()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync("vectra_detection_get", """{"detection_id":1933}""");
        await rig.ResultAsync("vectra_detections_mark_fixed", """{"detection_ids":[1933],"mark_fixed":true}""");

        Assert.NotEqual(0, result.GetProperty("grouped_details").GetArrayLength());
        Assert.Contains(rig.Gateway.AuditRecords(), static record
            => record.TryGetProperty("readBefore", out var before) && before.ToString().Contains("detection:1933", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_summary_has_the_members_that_scripts_know()
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync("vectra_detection_summarize", """{"detection_id":1933}""");

        Assert.Equal(1933, result.GetProperty("id").GetInt32());
        Assert.Equal("command_and_control", result.GetProperty("category").GetString());
        Assert.Equal(JsonValueKind.Object, result.GetProperty("detection_summary").GetProperty("value").ValueKind);
        Assert.Equal(("active", "host"), (result.GetProperty("state").GetString(), result.GetProperty("entity_type").GetString()));
    }

    [Fact]
    public async Task An_id_shared_by_a_host_and_an_account_is_told_apart()
    {
        await using var rig = await VectraRig.StartAsync();

        var both = await rig.ResultAsync("vectra_entity_detections_list", """{"entity_id":21,"state":null}""");
        var host = await rig.ResultAsync("vectra_entity_detections_list", """{"entity_id":21,"state":null,"entity_type":"host"}""");
        var account = await rig.ResultAsync("vectra_entity_detections_list", """{"entity_id":21,"state":null,"entity_type":"account"}""");

        Assert.True(both.GetProperty("ambiguous_entity").GetBoolean());
        Assert.False(host.TryGetProperty("ambiguous_entity", out _));
        Assert.Equal(both.GetProperty("detection_count").GetInt32(), host.GetProperty("detection_count").GetInt32() + account.GetProperty("detection_count").GetInt32());
        Assert.All(account.GetProperty("detections").EnumerateArray(), static row => Assert.Equal(21, row.GetProperty("src_account").GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task The_direction_in_which_the_platform_really_sorted_is_told()
    {
        await using var rig = await VectraRig.StartAsync();

        var up = await rig.ResultAsync("vectra_detections_summarize", """{"ordering":"last_timestamp","limit":50}""");
        var down = await rig.ResultAsync("vectra_detections_summarize", """{"ordering":"-last_timestamp","limit":50}""");

        Assert.Equal(("ascending", "descending"), (up.GetProperty("ordering_observed").GetString(), down.GetProperty("ordering_observed").GetString()));
    }

    private static async Task<int> CountAsync(VectraRig rig, string arguments)
        => (await rig.ResultAsync("vectra_detections_count", arguments)).GetProperty("count").GetInt32();
}
