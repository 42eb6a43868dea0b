using System.Text;
using Sallyport.Connectors.Vectra;
using Sallyport.Gateway.Pipeline;
using Sallyport.Simulator.Faults;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Vectra;

public sealed class VectraToolsTests
{
    private const string Order = "ordering=last_timestamp";
    private const string Active = "state=active";

    private static readonly string[] ReferenceNames =
    [
        "list_detection_ids", "list_detections_with_basic_info", "list_detections_with_details", "list_entity_detections", "get_detection_count",
        "get_detection_details", "get_detection_summary", "get_detection_pcap", "list_entities", "lookup_entity_info_by_name", "lookup_host_by_ip",
        "get_host_details", "get_account_details", "list_assignments", "list_assignments_for_user", "get_assignment_detail_by_id",
        "get_assignment_for_entity", "create_assignment", "delete_assignment", "create_entity_note", "mark_detection_fixed",
        "list_platform_users", "list_lockdown_entities",
    ];

    private static readonly string[] Writes = ["vectra_assignment_create", "vectra_assignment_delete", "vectra_detections_mark_fixed", "vectra_entity_note_create"];

    [Fact]
    public void Every_tool_of_the_reference_server_is_there_under_its_name()
        => Assert.Empty(ReferenceNames.Except(new VectraConnector().Tools.Select(tool => tool.Alias)));

    [Fact]
    public void Four_tools_change_something_and_two_of_them_destroy()
    {
        var tools = new VectraConnector().Tools.Where(tool => tool.Access == Sallyport.Core.Tools.ToolAccess.Write).OrderBy(tool => tool.Name, StringComparer.Ordinal).ToList();

        Assert.Equal(Writes, tools.Select(tool => tool.Name));
        Assert.Equal([false, true, true, false], tools.Select(tool => tool.IsDestructive));
    }

    [Theory]
    [InlineData("vectra_detections_list", "{}", "GET /detections?" + Active + "&" + Order + "&exclude_fields=grouped_details&page_size=25")]
    [InlineData("vectra_detections_list", """{"exclude_fields":["grouped_details","summary"],"limit":7}""", "GET /detections?" + Active + "&" + Order + "&exclude_fields=grouped_details%2Csummary&page_size=7")]
    [InlineData("vectra_detections_summarize", """{"state":null,"limit":3}""", "GET /detections?" + Order + "&fields=id%2Cdetection%2Cdetection_category%2Clast_timestamp%2Cis_triaged%2Cstate%2Ctype&page_size=3")]
    [InlineData("vectra_detection_ids_list", """{"ordering":"-id","limit":10}""", "GET /detections?" + Active + "&ordering=-id&fields=id&page_size=10")]
    [InlineData("vectra_detection_ids_list", """{"detection_category":"command","detection_name":"DNS Tun","src_ip":"10.1.2.3","start_date":"2020-05-01","end_date":"2040-05-02T12:00:00+02:00","is_targeting_key_asset":true}""",
        "GET /detections?detection_category=command&detection_type=DNS%20Tun&" + Active + "&src_ip=10.1.2.3&last_timestamp_gte=2020-05-01T00%3A00%3A00Z&last_timestamp_lte=2040-05-02T10%3A00%3A00Z&is_targeting_key_asset=true&" + Order + "&fields=id&page_size=1000")]
    [InlineData("vectra_detections_count", """{"detection_name":"Tunnel"}""", "GET /detections?detection_type=Tunnel&" + Active + "&page_size=1")]
    [InlineData("vectra_entity_detections_list", """{"entity_id":334,"entity_type":"host"}""", "GET /detections?entity_id=334&" + Active + "&page_size=1000")]
    [InlineData("vectra_detection_get", """{"detection_id":1933}""", "GET /detections/1933")]
    [InlineData("vectra_detection_summarize", """{"detection_id":1933}""", "GET /detections/1933")]
    [InlineData("vectra_detection_capture_get", """{"detection_id":1933}""", "GET /detections/1933/pcap")]
    [InlineData("vectra_detection_graph_show", """{"entity_id":334,"entity_type":"host"}""", "GET /detections?entity_id=334&" + Active + "&page_size=1000")]
    [InlineData("vectra_entities_list", "{}", "GET /entities?" + Active + "&ordering=urgency_score&page_size=1000")]
    [InlineData("vectra_entities_list", """{"entity_type":"account","state":"inactive","ordering":"name","name":"al","is_prioritized":false,"tags":"reviewed","limit":5}""",
        "GET /entities?type=account&state=inactive&ordering=name&name=al&is_prioritized=false&tags=reviewed&page_size=5")]
    [InlineData("vectra_host_get", """{"host_id":334}""", "GET /hosts/334")]
    [InlineData("vectra_account_get", """{"account_id":21}""", "GET /accounts/21?include_access_history=false&include_detection_summaries=true&include_external=false")]
    [InlineData("vectra_account_get", """{"account_id":21,"fields":["id","name"],"exclude_fields":["name"],"include_external":true,"src_linked_account":"x"}""",
        "GET /accounts/21?fields=id%2Cname&exclude_fields=name&include_access_history=false&include_detection_summaries=true&include_external=true&src_linked_account=x")]
    [InlineData("vectra_assignments_list", """{"created_after":"2026-01-02T03:04:05"}""", "GET /assignments?resolved=false&created_after=2026-01-02T03%3A04%3A05Z&page_size=100")]
    [InlineData("vectra_user_assignments_list", """{"user_id":60,"resolved":true}""", "GET /assignments?assignees=60&resolved=true&page_size=100")]
    [InlineData("vectra_entity_assignments_list", """{"entity_ids":[1,2],"entity_type":"account"}""", "GET /assignments?accounts=1%2C2&page_size=1000")]
    [InlineData("vectra_users_list", """{"role":"security_analyst","last_login_after":"2020-01-01","email":"ana.lyst@contoso.example"}""",
        "GET /users?role=security_analyst&last_login_gte=2020-01-01T00%3A00%3A00Z&email=ana.lyst%40contoso.example&page_size=1000")]
    [InlineData("vectra_lockdowns_list", "{}", "GET /lockdown")]
    [InlineData("vectra_lockdowns_list", """{"entity_type":"host"}""", "GET /lockdown?type=host")]
    [InlineData("vectra_detections_mark_fixed", """{"detection_ids":[1933,7],"mark_fixed":false}""", """PATCH /detections {"detectionIdList":[1933,7],"mark_as_fixed":"False"}""")]
    [InlineData("vectra_assignment_create", """{"assign_to_user_id":59,"assign_entity_id":334,"assign_entity_type":"host"}""", """POST /assignments {"assign_to_user_id":59,"assign_host_id":334}""")]
    [InlineData("vectra_assignment_create", """{"assign_to_user_id":59,"assign_entity_id":21,"assign_entity_type":"account"}""", """POST /assignments {"assign_to_user_id":59,"assign_account_id":21}""")]
    [InlineData("vectra_entity_note_create", """{"entity_id":334,"entity_type":"host","note":"seen & checked"}""", "POST /entities/334/notes?type=host note=seen+%26+checked")]
    public async Task A_call_sends_exactly_one_request(string tool, string arguments, string expected)
    {
        await using var rig = await VectraRig.StartAsync();

        await rig.ResultAsync(tool, arguments);

        var sent = Assert.Single(rig.Requests);
        var text = $"{sent.Method} {sent.Path.Replace("/api/v3.4", "", StringComparison.Ordinal)}{sent.Query}";
        Assert.Equal(expected, sent.Body.Length == 0 ? text : $"{text} {sent.Body}");
    }

    [Theory]
    [InlineData("vectra_detection_get", """{"detection_id":99999}""")]
    [InlineData("vectra_detection_summarize", """{"detection_id":99999}""")]
    [InlineData("vectra_host_get", """{"host_id":99999}""")]
    [InlineData("vectra_account_get", """{"account_id":99999}""")]
    [InlineData("vectra_assignment_get", """{"assignment_id":99999}""")]
    [InlineData("vectra_assignment_delete", """{"assignment_id":99999}""")]
    [InlineData("vectra_entity_note_create", """{"entity_id":99999,"entity_type":"host","note":"x"}""")]
    [InlineData("vectra_detections_mark_fixed", """{"detection_ids":[99999],"mark_fixed":true}""")]
    public async Task What_does_not_exist_is_not_found(string tool, string arguments)
    {
        await using var rig = await VectraRig.StartAsync();

        Assert.Equal("upstream_not_found", await rig.CodeAsync(tool, arguments));
    }

    [Theory]
    [InlineData("vectra_detections_summarize", """{"detection_name":"no such thing"}""", "detection_count", "detections")]
    [InlineData("vectra_detections_list", """{"src_ip":"192.0.2.1"}""", "detection_count", "detections")]
    [InlineData("vectra_detection_ids_list", """{"start_date":"2040-01-01"}""", "detection_count", "detections_ids")]
    [InlineData("vectra_entities_list", """{"name":"no-such-host"}""", "total_count", "entities")]
    [InlineData("vectra_entities_list", """{"host_ip":"192.0.2.1"}""", "total_count", "entities")]
    [InlineData("vectra_entity_detections_list", """{"entity_id":9999999}""", "detection_count", "detections")]
    [InlineData("vectra_user_assignments_list", """{"user_id":9999}""", "count", "results")]
    [InlineData("vectra_entity_assignments_list", """{"entity_ids":[9999999],"entity_type":"host"}""", "count", "assignments")]
    [InlineData("vectra_users_list", """{"email":"nobody@contoso.example"}""", "user_count", "user_list")]
    public async Task Nothing_found_is_an_empty_list_with_a_count_of_zero_and_a_sentence(string tool, string arguments, string count, string rows)
    {
        await using var rig = await VectraRig.StartAsync();

        var result = await rig.ResultAsync(tool, arguments);

        Assert.Equal((0, 0, true), (result.GetProperty(count).GetInt32(), result.GetProperty(rows).GetArrayLength(), result.GetProperty("complete").GetBoolean()));
        Assert.NotEmpty(result.GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("vectra_detections_list", """{"detection_category":"commands"}""")]
    [InlineData("vectra_detections_list", """{"detection_name":""}""")]
    [InlineData("vectra_detections_list", """{"state":"open"}""")]
    [InlineData("vectra_detections_list", """{"src_ip":"10.1"}""")]
    [InlineData("vectra_detections_list", """{"start_date":"yesterday"}""")]
    [InlineData("vectra_detections_list", """{"start_date":"2026-05-02","end_date":"2026-05-01"}""")]
    [InlineData("vectra_detections_list", """{"is_targeting_key_asset":"true"}""")]
    [InlineData("vectra_detections_list", """{"ordering":"threat"}""")]
    [InlineData("vectra_detections_list", """{"limit":0}""")]
    [InlineData("vectra_detections_list", """{"limit":5001}""")]
    [InlineData("vectra_detections_list", """{"limit":10.0}""")]
    [InlineData("vectra_detections_list", """{"exclude_fields":["password"]}""")]
    [InlineData("vectra_detections_list", """{"assignee":7}""")]
    [InlineData("vectra_detections_count", """{"limit":7}""")]
    [InlineData("vectra_detection_get", "{}")]
    [InlineData("vectra_detection_get", """{"detection_id":0}""")]
    [InlineData("vectra_detection_get", """{"detection_id":"1933"}""")]
    [InlineData("vectra_entity_detections_list", """{"entity_id":-1}""")]
    [InlineData("vectra_entity_detections_list", """{"entity_id":1,"entity_type":"user"}""")]
    [InlineData("vectra_entities_list", """{"host_ip":"10.1.2.3","entity_type":"account"}""")]
    [InlineData("vectra_entities_list", """{"state":"fixed"}""")]
    [InlineData("vectra_entities_list", """{"ordering":"threat"}""")]
    [InlineData("vectra_entities_find", """{"entity_name":"two words"}""")]
    [InlineData("vectra_host_find", """{"host_ip":"ws-37"}""")]
    [InlineData("vectra_host_get", """{"host_id":1.5}""")]
    [InlineData("vectra_account_get", """{"account_id":1,"fields":["name","secret"]}""")]
    [InlineData("vectra_assignments_list", """{"created_after":"soon"}""")]
    [InlineData("vectra_user_assignments_list", "{}")]
    [InlineData("vectra_entity_assignments_list", """{"entity_ids":[],"entity_type":"host"}""")]
    [InlineData("vectra_entity_assignments_list", """{"entity_ids":[1]}""")]
    [InlineData("vectra_assignment_create", """{"assign_to_user_id":59,"assign_entity_id":334,"assign_entity_type":"both"}""")]
    [InlineData("vectra_assignment_create", """{"assign_to_user_id":59}""")]
    [InlineData("vectra_assignment_delete", """{"assignment_id":0}""")]
    [InlineData("vectra_entity_note_create", """{"entity_id":334,"entity_type":"host","note":" \n"}""")]
    [InlineData("vectra_detections_mark_fixed", """{"detection_ids":[],"mark_fixed":true}""")]
    [InlineData("vectra_detections_mark_fixed", """{"detection_ids":[7,7],"mark_fixed":true}""")]
    [InlineData("vectra_detections_mark_fixed", """{"detection_ids":[7]}""")]
    [InlineData("vectra_users_list", """{"role":"root"}""")]
    [InlineData("vectra_users_list", """{"email":"ana"}""")]
    [InlineData("vectra_lockdowns_list", """{"entity_type":"user"}""")]
    [InlineData("vectra_detection_graph_show", """{"entity_id":334,"theme":"sepia"}""")]
    public async Task An_argument_that_makes_no_sense_is_refused_before_anything_is_sent(string tool, string arguments)
    {
        await using var rig = await VectraRig.StartAsync();

        Assert.Equal("invalid_arguments", await rig.CodeAsync(tool, arguments));
        Assert.Empty(rig.Requests);
    }

    [Fact]
    public async Task On_a_read_only_tenant_no_change_is_sent()
    {
        await using var rig = await VectraRig.StartAsync();
        var settings = new VectraSettings(rig.Platform.BaseUrl.ToString(), rig.Controls.ClientId, new Sallyport.Core.Secret(rig.Controls.ClientSecret));
        await using var gateway = await TestGateway.StartAsync([new VectraConnector()], [Some.Tenant("vectra", settings, readOnly: true)]);
        (string Tool, string Arguments)[] calls =
        [
            ("vectra_assignment_create", """{"assign_to_user_id":59,"assign_entity_id":334,"assign_entity_type":"host"}"""),
            ("vectra_assignment_delete", """{"assignment_id":101}"""),
            ("vectra_entity_note_create", """{"entity_id":334,"entity_type":"host","note":"x"}"""),
            ("vectra_detections_mark_fixed", """{"detection_ids":[1933],"mark_fixed":true}"""),
        ];

        foreach (var (tool, arguments) in calls)
            Assert.Equal("read_only", (await gateway.CallAsync(tool, arguments)).Problem?.Code);

        Assert.Equal(0, rig.Platform.Journal.Connections);
    }

    [Theory]
    [InlineData(403, "view", "vectra_users_list", "{}")]
    [InlineData(403, "chang", "vectra_assignment_delete", """{"assignment_id":101}""")]
    public async Task A_missing_right_is_named(int status, string word, string tool, string arguments)
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Status(status));

        var failed = Assert.IsType<ToolOutcome.Failed>(await rig.CallAsync(tool, arguments));

        Assert.Equal("upstream_forbidden", failed.Error.Code);
        Assert.Contains(word, failed.Error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_platform_says_against_a_request_is_told_in_plain_letters()
    {
        await using var rig = await VectraRig.StartAsync();
        rig.Platform.Faults.Script("/api/", FaultStep.Status(400, """{"errors":[{"title":"ordering: \u202Ebad\u0007 value"}]}"""));

        var failed = Assert.IsType<ToolOutcome.Failed>(await rig.CallAsync("vectra_detections_list"));

        Assert.EndsWith("It says: ordering: bad value", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_and_notes_are_marked_as_untrusted()
    {
        await using var rig = await VectraRig.StartAsync(simulator: new() { Faults = [new(Fault.HostileText)] });

        var outcome = Assert.IsType<ToolOutcome.Succeeded>(await rig.CallAsync("vectra_entities_list", """{"limit":400,"state":"inactive","fields":["id","name"]}"""));

        var text = Encoding.UTF8.GetString(outcome.Json.Span);
        Assert.Contains("zugzwang", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', text);
        Assert.DoesNotContain("\"name\":\"", text, StringComparison.Ordinal);
    }
}
