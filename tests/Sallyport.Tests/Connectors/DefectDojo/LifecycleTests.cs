using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Connectors.DefectDojo;

public sealed class LifecycleTests
{
    [Theory]
    [InlineData("mitigated", "Inactive, Verified, Mitigated")]
    [InlineData("false_positive", "Inactive, Mitigated, False Positive")]
    [InlineData("out_of_scope", "Inactive, Mitigated, Out Of Scope")]
    [InlineData("duplicate", "Inactive, Mitigated, Duplicate")]
    public async Task A_finding_is_closed_for_each_reason_and_comes_back(string reason, string status)
    {
        await using var range = await DojoRange.StartAsync();

        var closed = await range.ResultAsync("defectdojo_finding_close", $$"""{"finding_id":1,"reason":"{{reason}}","note":"Checked by hand"}""");
        var twice = await range.RefusedAsync("defectdojo_finding_close", $$"""{"finding_id":1,"reason":"{{reason}}"}""");
        var reopened = await range.ResultAsync("defectdojo_finding_reopen", """{"finding_id":1}""");
        var again = await range.RefusedAsync("defectdojo_finding_reopen", """{"finding_id":1}""");

        Assert.Equal(status, closed.GetProperty("display_status").GetString());
        Assert.Equal([true, false], closed.GetProperty("changed").GetProperty("active").EnumerateArray().Select(value => value.GetBoolean()));
        Assert.Equal(("upstream_conflict", "upstream_conflict"), (twice, again));
        Assert.StartsWith("Active", reopened.GetProperty("display_status").GetString(), StringComparison.Ordinal);
        Assert.Contains("Checked by hand", closed.GetProperty("notes").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reopened_duplicate_that_the_platform_turns_back_is_said_to_be_turned_back()
    {
        await using var range = await DojoRange.StartAsync();
        const string Twin = """{"test_id":1,"title":"Twin of itself","severity":"High","description":"Seen twice"}""";
        await range.ResultAsync("create_finding", Twin);
        range.Company.DefectDojo.Deduplicates = true;
        var twin = (await range.ResultAsync("create_finding", Twin)).GetProperty("id").GetInt32();

        var reopened = await range.ResultAsync("reopen_finding", $$"""{"finding_id":{{twin}}}""");

        Assert.StartsWith("reverted_by_deduplication", reopened.GetProperty("warning").GetString(), StringComparison.Ordinal);
        Assert.False(reopened.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_not_repeated_and_said_to_be_unknown()
    {
        await using var range = await DojoRange.StartAsync();
        var lost = range.Platform.Faults.Script("/api/v2/findings/1/close/", FaultStep.Reset(DropAt.AfterWork), times: 3);

        var code = await range.RefusedAsync("close_finding", """{"finding_id":1,"reason":"mitigated"}""");

        Assert.Equal(("outcome_unknown", 1), (code, lost.Applied));
    }

    [Theory]
    [InlineData("close_finding", """{"finding_id":1,"reason":"mitigated"}""", "/api/v2/findings/1/close/")]
    [InlineData("import_scan", """{"scan_type":"Generic Findings Import","engagement_id":1,"file_name":"a.json","file_content":"{}"}""", "/api/v2/import-scan/")]
    public async Task A_change_that_is_never_answered_is_given_up_and_not_repeated(string tool, string arguments, string path)
    {
        await using var range = await DojoRange.StartAsync(settings => settings with { TimeoutSeconds = 1, ImportTimeoutSeconds = 1 });
        var hung = range.Platform.Faults.Script(path, FaultStep.Hang(), times: 3);

        Assert.Equal("outcome_unknown", await range.RefusedAsync(tool, arguments));

        Assert.Equal(1, hung.Applied);
    }

    [Fact]
    public async Task A_key_that_may_not_change_is_told_from_a_key_that_is_refused()
    {
        await using var viewer = await DojoRange.StartAsync();
        await using var range = await DojoRange.StartAsync(settings => settings with { WriteApiKey = new(viewer.Company.DefectDojo.ViewerKey) });
        await using var stranger = await DojoRange.StartAsync(settings => settings with { ApiKey = new("0123456789012345678901234567890123456789") });

        Assert.Equal("upstream_forbidden", await range.RefusedAsync("close_finding", """{"finding_id":1,"reason":"mitigated"}"""));
        Assert.Equal("upstream_auth", await stranger.RefusedAsync("get_finding", """{"finding_id":1}"""));
        Assert.Equal("rejected", (await stranger.ResultAsync("health_check")).GetProperty("read_key").GetString());
    }

    [Fact]
    public async Task Tags_are_added_and_removed_and_what_was_not_there_is_named()
    {
        await using var range = await DojoRange.StartAsync();

        var added = await range.ResultAsync("add_finding_tags", """{"finding_id":1,"tags":["PCI","pci","ws"]}""");
        var removed = await range.ResultAsync("remove_finding_tags", """{"finding_id":1,"tags":["PCI","never"]}""");

        Assert.Equal("""["pci","ws"]""", added.GetProperty("added").GetProperty("value").GetRawText());
        Assert.Equal("""["never"]""", removed.GetProperty("unchanged").GetProperty("value").GetRawText());
        foreach (var tag in (string[])["two words", "a,b", "quo'te"])
            Assert.Equal("invalid_arguments", await range.RefusedAsync("add_finding_tags", $$"""{"finding_id":1,"tags":["{{tag}}"]}"""));
    }
}
