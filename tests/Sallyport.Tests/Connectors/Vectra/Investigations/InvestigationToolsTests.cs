using System.Text.Json;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.Vectra.Investigations;

public sealed class InvestigationToolsTests
{
    private const string Create = "vectra_assignment_create";

    [Theory]
    [InlineData("host", 334)]
    [InlineData("account", 21)]
    public async Task An_assignment_can_be_made_found_and_removed_and_nothing_else_happens(string kind, int id)
    {
        await using var rig = await VectraRig.StartAsync();

        var made = await rig.ResultAsync(Create, $$"""{"assign_to_user_id":59,"assign_entity_id":{{id}},"assign_entity_type":"{{kind}}"}""");
        Assert.Equal(("POST", 1), (Assert.Single(rig.Requests).Method, rig.Requests.Count));
        var number = made.GetProperty("id").GetInt32();
        var one = $$"""{"assignment_id":{{number}}}""";
        Assert.Equal(id, (await rig.ResultAsync("vectra_assignment_get", one)).GetProperty($"{kind}_id").GetInt32());
        Assert.Contains(number, Ids(await rig.ResultAsync("vectra_user_assignments_list", """{"user_id":59}"""), "results"));
        Assert.Equal([number], Ids(await rig.ResultAsync("vectra_entity_assignments_list", $$"""{"entity_ids":[{{id}}],"entity_type":"{{kind}}"}"""), "assignments"));

        var deleted = await rig.ResultAsync("vectra_assignment_delete", one);

        Assert.True(deleted.GetProperty("deleted").GetBoolean());
        Assert.Equal("upstream_not_found", await rig.CodeAsync("vectra_assignment_get", one));
        Assert.Equal(["POST", "GET", "GET", "GET", "DELETE", "GET"], rig.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_second_assignment_on_the_same_host_is_a_conflict_and_is_not_repeated()
    {
        await using var rig = await VectraRig.StartAsync();
        const string arguments = """{"assign_to_user_id":59,"assign_entity_id":334,"assign_entity_type":"host"}""";
        await rig.ResultAsync(Create, arguments);

        Assert.Equal("upstream_conflict", await rig.CodeAsync(Create, arguments));
        Assert.Equal(2, rig.Requests.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"assignment":null}""")]
    [InlineData("""{"assignment":{"id":"x"}}""")]
    public async Task An_answer_without_an_assignment_is_a_failure(string body)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Status(201, body));

        Assert.Equal("upstream_invalid_response", await rig.CodeAsync(Create, """{"assign_to_user_id":59,"assign_entity_id":334,"assign_entity_type":"host"}"""));
        Assert.Single(rig.Requests);
    }

    [Fact]
    public async Task A_users_assignments_are_only_that_users_even_if_the_filter_is_ignored()
    {
        await using var rig = await VectraRig.StartAsync();
        var all = await rig.ResultAsync("vectra_assignments_list");
        rig.Platform.Faults.Script("/api/", FaultStep.Status(200, JsonSerializer.Serialize(new
        {
            count = 2,
            next = (string?)null,
            results = new[] { new { id = 1, assigned_to = new { id = 60 } }, new { id = 2, assigned_to = new { id = 61 } } },
        })));

        var own = await rig.ResultAsync("vectra_user_assignments_list", """{"user_id":61}""");

        Assert.Equal([2], Ids(own, "results"));
        Assert.Equal(1, own.GetProperty("count").GetInt32());
        Assert.True(all.GetProperty("results").EnumerateArray().Select(row => row.GetProperty("assigned_to").GetProperty("id").GetInt32()).Distinct().Count() > 1);
        Assert.Equal(JsonValueKind.Null, own.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_note_stays_on_the_host_without_characters_that_cannot_be_seen()
    {
        await using var rig = await VectraRig.StartAsync();

        var note = await rig.ResultAsync("vectra_entity_note_create", """{"entity_id":334,"entity_type":"host","note":"checked\u0007 with\nowner"}""");
        var host = await rig.ResultAsync("vectra_host_get", """{"host_id":334}""");

        Assert.Equal("checked with\nowner", note.GetProperty("note").GetProperty("value").GetString());
        Assert.Equal("checked with\nowner", host.GetProperty("note").GetProperty("value").GetString());
    }

    [Theory]
    [InlineData(DropAt.BeforeWork)]
    [InlineData(DropAt.AfterWork)]
    public async Task A_note_whose_connection_breaks_is_sent_exactly_once(DropAt when)
    {
        await using var rig = await VectraRig.StartAsync(options: new() { UsesRealTime = true });
        rig.Platform.Faults.Script("/api/", FaultStep.Reset(when), times: 10);

        Assert.Equal("outcome_unknown", await rig.CodeAsync("vectra_entity_note_create", """{"entity_id":334,"entity_type":"host","note":"once"}"""));
        Assert.Single(rig.Requests);
    }

    [Fact]
    public async Task The_text_of_a_note_is_not_in_the_audit()
    {
        await using var rig = await VectraRig.StartAsync();

        await rig.ResultAsync("vectra_entity_note_create", """{"entity_id":334,"entity_type":"host","note":"the ceo's laptop"}""");

        Assert.DoesNotContain("ceo", string.Concat(rig.Gateway.AuditRecords()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_changes_the_state_and_can_be_taken_away()
    {
        await using var rig = await VectraRig.StartAsync();

        var marked = await rig.ResultAsync("vectra_detections_mark_fixed", """{"detection_ids":[1933],"mark_fixed":true}""");
        var after = await rig.ResultAsync("vectra_detection_summarize", """{"detection_id":1933}""");
        await rig.ResultAsync("vectra_detections_mark_fixed", """{"detection_ids":[1933],"mark_fixed":false}""");
        var again = await rig.ResultAsync("vectra_detection_summarize", """{"detection_id":1933}""");

        Assert.Equal((1, true), (marked.GetProperty("updated").GetInt32(), marked.GetProperty("mark_fixed").GetBoolean()));
        Assert.Equal(("fixed", "active"), (after.GetProperty("state").GetString(), again.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData("""{"_meta":{"level":"Failure","message":"no"}}""")]
    [InlineData("{}")]
    public async Task A_mark_that_the_platform_does_not_confirm_is_not_said_to_have_happened(string body)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Status(200, body));

        Assert.Equal("outcome_unknown", await rig.CodeAsync("vectra_detections_mark_fixed", """{"detection_ids":[1933],"mark_fixed":true}"""));
    }

    [Fact]
    public async Task Users_are_remembered_for_a_while_and_then_asked_for_again()
    {
        var clock = new FakeClock();
        await using var rig = await VectraRig.StartAsync(settings => settings with { UserCacheSeconds = 300 }, new() { Clock = clock });
        var first = await rig.ResultAsync("vectra_users_list");
        clock.Advance(TimeSpan.FromSeconds(299));
        await rig.ResultAsync("vectra_users_list");
        Assert.Single(rig.Requests);

        clock.Advance(TimeSpan.FromSeconds(1));
        await rig.ResultAsync("vectra_users_list");

        Assert.Equal(2, rig.Requests.Count);
        Assert.Equal(first.GetProperty("user_count").GetInt32(), first.GetProperty("user_list").GetArrayLength());
    }

    [Fact]
    public async Task Before_version_3_4_a_role_goes_by_the_name_that_the_portal_shows()
    {
        await using var rig = await VectraRig.StartAsync(settings => settings with { ApiVersion = "v3.3" });

        var result = await rig.ResultAsync("vectra_users_list", """{"role":"security_analyst"}""");

        Assert.Equal("?role=Security%20Analyst&page_size=1000", Assert.Single(rig.Requests).Query);
        Assert.NotEqual(0, result.GetProperty("user_count").GetInt32());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Lockdowns_of_hosts_and_accounts_come_together_whether_or_not_the_kind_must_be_named(bool mustName, int requests)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Controls.LockdownNeedsType = mustName;

        var result = await rig.ResultAsync("vectra_lockdowns_list");

        Assert.Equal((5, requests), (result.GetProperty("count").GetInt32(), rig.Requests.Count));
        Assert.Equal(["account", "host"], result.GetProperty("entities").EnumerateArray().Select(row => row.GetProperty("type").GetString()).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<int> Ids(JsonElement result, string rows) => result.GetProperty(rows).EnumerateArray().Select(row => row.GetProperty("id").GetInt32());
}
