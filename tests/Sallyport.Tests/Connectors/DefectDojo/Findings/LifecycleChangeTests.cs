using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.DefectDojo.Findings;

/// <summary>Duplicates, risk acceptance and clearing, as the platform really behaves.</summary>
public sealed class LifecycleChangeTests
{
    [Fact]
    public async Task A_duplicate_is_linked_to_its_original_and_not_called_mitigated()
    {
        await using var range = await DojoRange.StartAsync();
        await PatchAsync(range, 1, """{"verified":true}""");
        var test = (await range.ResultAsync("get_finding", """{"finding_id":1}""")).GetProperty("test").GetInt32();
        var original = await CreateAsync(range, "The first one", test: test);

        var closed = await range.ResultAsync("close_finding", $$"""{"finding_id":1,"reason":"duplicate","duplicate_of":{{original}},"note":"Same bug"}""");

        Assert.Equal("Inactive, Duplicate", closed.GetProperty("display_status").GetString());
        Assert.Equal((original, false, false), (closed.GetProperty("duplicate_finding").GetInt32(), closed.GetProperty("is_mitigated").GetBoolean(), closed.GetProperty("verified").GetBoolean()));
        Assert.Contains("Same bug", closed.GetProperty("notes").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            ["PATCH /api/v2/findings/1/", $"POST /api/v2/findings/1/original/{original}/", "POST /api/v2/findings/1/notes/"],
            range.Platform.Journal.Entries().Where(entry => entry.Method != "GET").Skip(2).Select(entry => $"{entry.Method} {entry.Path}"));

        var reopened = await range.ResultAsync("reopen_finding", """{"finding_id":1}""");
        Assert.Equal((JsonValueKind.Null, true), (reopened.GetProperty("duplicate_finding").ValueKind, reopened.GetProperty("active").GetBoolean()));
    }

    [Fact]
    public async Task A_finding_of_another_product_is_no_original_and_nothing_is_changed()
    {
        await using var range = await DojoRange.StartAsync();
        var products = (await range.ResultAsync("list_findings", """{"limit":100,"fields":["id","context"]}""")).GetProperty("results").EnumerateArray()
            .GroupBy(row => row.GetProperty("context").GetProperty("product_id").GetInt32()).Select(group => group.First().GetProperty("id").GetInt32()).ToList();

        var problem = await range.ProblemAsync("close_finding", $$"""{"finding_id":{{products[0]}},"reason":"duplicate","duplicate_of":{{products[1]}}}""");

        Assert.Equal("upstream_conflict", problem.Code);
        Assert.DoesNotContain(range.Platform.Journal.Entries(), entry => entry.Method != "GET");
    }

    [Theory]
    [InlineData("""{"finding_id":1,"reason":"duplicate","duplicate_of":1}""", "invalid_arguments")]
    [InlineData("""{"finding_id":1,"reason":"mitigated","duplicate_of":2}""", "invalid_arguments")]
    [InlineData("""{"finding_id":1,"reason":"duplicate","duplicate_of":99999}""", "upstream_not_found")]
    [InlineData("""{"finding_id":99999,"reason":"mitigated"}""", "upstream_not_found")]
    [InlineData("""{"finding_id":1,"reason":"wontfix"}""", "invalid_arguments")]
    public async Task A_close_that_makes_no_sense_is_refused(string arguments, string code)
    {
        await using var range = await DojoRange.StartAsync();

        Assert.Equal(code, await range.RefusedAsync("close_finding", arguments));
    }

    [Fact]
    public async Task A_verified_finding_closed_as_duplicate_is_first_unverified_so_that_it_can_still_be_changed()
    {
        await using var range = await DojoRange.StartAsync();
        await PatchAsync(range, 1, """{"verified":true}""");

        await range.ResultAsync("close_finding", """{"finding_id":1,"reason":"duplicate"}""");

        await range.ResultAsync("update_finding", """{"finding_id":1,"impact":"None left"}""");
        Assert.StartsWith("Active", (await range.ResultAsync("reopen_finding", """{"finding_id":1}""")).GetProperty("display_status").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_risk_acceptance_is_ended_only_when_that_is_asked_for()
    {
        await using var range = await DojoRange.StartAsync();
        range.Company.DefectDojo.AcceptsRisksSimply = true;
        await PatchAsync(range, 1, """{"active":false,"verified":false,"risk_accepted":true}""");

        var kept = await range.ProblemAsync("reopen_finding", """{"finding_id":1}""");
        var before = range.Platform.Journal.Entries().Count(entry => entry.Method != "GET");
        var reopened = await range.ResultAsync("reopen_finding", """{"finding_id":1,"clear_risk_acceptance":true,"note":"Back again"}""");

        Assert.Equal("upstream_conflict", kept.Code);
        Assert.Contains("clear_risk_acceptance", kept.Message, StringComparison.Ordinal);
        Assert.Equal((true, false), (reopened.GetProperty("active").GetBoolean(), reopened.GetProperty("risk_accepted").GetBoolean()));
        Assert.Equal([true, false], reopened.GetProperty("changed").GetProperty("risk_accepted").EnumerateArray().Select(value => value.GetBoolean()));
        Assert.Contains("\"risk_accepted\":false", range.Platform.Journal.Entries().Where(entry => entry.Method != "GET").Skip(before).First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_clears_a_text_and_what_is_left_out_stays()
    {
        await using var range = await DojoRange.StartAsync();
        var id = await CreateAsync(range, "Cleared", ",\"mitigation\":\"Patch it\",\"impact\":\"Bad\",\"service\":\"web\",\"tags\":[\"a\",\"b\"]");

        var changed = await range.ResultAsync("update_finding", $$"""{"finding_id":{{id}},"mitigation":null,"service":null,"tags":["c"]}""");

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (changed.GetProperty("mitigation").ValueKind, changed.GetProperty("service").ValueKind));
        Assert.Equal("Bad", changed.GetProperty("impact").GetProperty("value").GetString());
        Assert.Equal("""["c"]""", changed.GetProperty("tags").GetProperty("value").GetRawText());
        Assert.Equal(["mitigation", "service", "tags"], changed.GetProperty("changed").EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("""{"mitigation":null,"service":null,"tags":["c"]}""", range.Platform.Journal.Entries().Last(entry => entry.Method == "PATCH").Body);
    }

    [Theory]
    [InlineData("""{"finding_id":1}""")]
    [InlineData("""{"finding_id":1,"title":null}""")]
    [InlineData("""{"finding_id":1,"severity":"high"}""")]
    [InlineData("""{"finding_id":1,"false_p":true}""")]
    [InlineData("""{"finding_id":1,"duplicate":true}""")]
    [InlineData("""{"finding_id":1,"risk_accepted":true}""")]
    [InlineData("""{"finding_id":1,"is_mitigated":true}""")]
    [InlineData("""{"finding_id":1,"test_id":2}""")]
    [InlineData("""{"finding_id":1,"date":"2999-01-01"}""")]
    [InlineData("""{"finding_id":1,"cvssv3":"AV:N/AC:L"}""")]
    public async Task An_update_of_nothing_or_of_what_other_tools_do_is_refused_and_never_sent(string arguments)
    {
        await using var range = await DojoRange.StartAsync();

        Assert.Equal("invalid_arguments", await range.RefusedAsync("update_finding", arguments));

        Assert.DoesNotContain(range.Platform.Journal.Entries(), entry => entry.Method != "GET");
    }

    [Fact]
    public async Task All_tags_can_be_removed_and_one_in_another_case_is_the_same_tag()
    {
        await using var range = await DojoRange.StartAsync();
        var id = await CreateAsync(range, "Tagged", ",\"tags\":[\"PCI\",\"Web\"]");

        var removed = await range.ResultAsync("remove_finding_tags", $$"""{"finding_id":{{id}},"tags":["pci","WEB"]}""");

        Assert.Equal("[]", removed.GetProperty("tags").GetProperty("value").GetRawText());
        Assert.Equal(2, removed.GetProperty("removed").GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task A_note_comes_back_with_the_id_that_the_platform_did_not_say()
    {
        await using var range = await DojoRange.StartAsync();

        var noted = await range.ResultAsync("add_finding_note", """{"finding_id":1,"entry":"Looked at twice","private":true}""");

        var note = (await range.ResultAsync("list_finding_notes", """{"finding_id":1,"limit":1}""")).GetProperty("results")[0];
        Assert.Equal((note.GetProperty("id").GetInt32(), true), (noted.GetProperty("note_id").GetInt32(), note.GetProperty("private").GetBoolean()));
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_linked_to_it_in_the_audit()
    {
        await using var range = await DojoRange.StartAsync();
        await range.ResultAsync("get_finding", """{"finding_id":2}""");
        await range.ResultAsync("list_finding_notes", """{"finding_id":1}""");

        await range.ResultAsync("close_finding", """{"finding_id":1,"reason":"mitigated"}""");

        var closed = range.Gate.AuditRecords().Last(record => record.GetProperty("event").GetString() == "close");
        Assert.Equal(["finding:2", "finding:1"], closed.GetProperty("readBefore").EnumerateArray().Select(id => id.GetString()));
    }

    public static TheoryData<string, string> Errors => new()
    {
        { """{"detail":"secret detail"}""", "upstream_rejected" },
        { """{"title":["secret"],"message":"{'title': [ErrorDetail(string='secret', code='required')]}","pro":["secret"]}""", "upstream_rejected" },
        { """{"tags":["secret tag"]}""", "upstream_rejected" },
        { """["secret parameter missing"]""", "upstream_rejected" },
        { """{"error":"'secret' is not a valid tag"}""", "upstream_rejected" },
        { "\"secret: only one instance\"", "upstream_rejected" },
        { """{"message":"secret error","pro":["secret"]}""", "upstream_rejected" },
        { """{"name":["product with this name already exists. secret"]}""", "upstream_conflict" },
        { "<html>secret</html>", "upstream_rejected" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Each_shape_of_refusal_is_one_code_and_nothing_of_its_text_comes_through(string body, string code)
    {
        await using var range = await DojoRange.StartAsync();
        range.Platform.Faults.Script("/api/v2/products/", FaultStep.Status(400, body), times: 5);

        var problem = await range.ProblemAsync("create_product", """{"name":"a","description":"b","prod_type_id":1}""");

        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
        Assert.Single(range.Platform.Journal.Entries(), entry => entry.Method == "POST");
    }

    [Theory]
    [InlineData(401, "{}", "upstream_auth")]
    [InlineData(403, """{"detail":"Invalid token."}""", "upstream_auth")]
    [InlineData(403, """{"detail":"User inactive or deleted."}""", "upstream_auth")]
    [InlineData(403, """{"detail":"You do not have permission to perform this action."}""", "upstream_forbidden")]
    [InlineData(404, """{"detail":"No Finding matches the given query."}""", "upstream_not_found")]
    [InlineData(409, """{"message":"conflict"}""", "upstream_conflict")]
    [InlineData(413, "<html/>", "too_large")]
    [InlineData(429, "{}", "upstream_throttled")]
    [InlineData(500, """{"message":"Internal server error"}""", "upstream_unavailable")]
    [InlineData(502, "<html/>", "outcome_unknown")]
    [InlineData(504, "<html/>", "outcome_unknown")]
    [InlineData(302, "", "upstream_invalid_response")]
    public async Task Each_status_of_a_change_is_one_code_and_the_change_is_sent_once(int status, string body, string code)
    {
        await using var range = await DojoRange.StartAsync();
        range.Platform.Faults.Script("/api/v2/products/", FaultStep.Status(status, body), times: 5);

        Assert.Equal(code, await range.RefusedAsync("create_product", """{"name":"a","description":"b","prod_type_id":1}"""));
        Assert.Single(range.Platform.Journal.Entries(), entry => entry.Method == "POST");
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(7, 7)]
    [InlineData(86_400, 300)]
    public async Task Who_is_throttled_is_told_how_long_to_wait_within_reason(int? asked, int told)
    {
        await using var range = await DojoRange.StartAsync();
        range.Platform.Faults.Script("/api/v2/products/", FaultStep.Throttle(asked), times: 5);

        var problem = await range.ProblemAsync("create_product", """{"name":"a","description":"b","prod_type_id":1}""");

        Assert.Equal(("upstream_throttled", told), (problem.Code, problem.RetryAfter));
        Assert.Contains($"Retry-After: {told}s", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<int> CreateAsync(DojoRange range, string title, string more = "", int test = 1)
        => (await range.ResultAsync("create_finding", $$"""{"test_id":{{test}},"title":"{{title}}","severity":"Low","description":"x"{{more}}}""")).GetProperty("id").GetInt32();

    /// <summary>Straight to the platform, as its own users do.</summary>
    private static Task PatchAsync(DojoRange range, int finding, string json) => SendAsync(range, $"api/v2/findings/{finding}/", json);

    private static async Task SendAsync(DojoRange range, string path, string json)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(range.Platform.BaseUrl, path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", range.Company.DefectDojo.ApiKey);
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
