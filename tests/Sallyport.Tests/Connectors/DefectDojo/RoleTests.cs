using Sallyport.Connectors.DefectDojo;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Connectors.DefectDojo;

/// <summary>Which of the four roles may use which of the 24 tools, as the contract's two tables say.</summary>
public sealed class RoleTests
{
    private static readonly (string Group, string[] Tools)[] Groups =
    [
        ("system", ["health_check"]),
        ("metadata_read", ["list_products", "get_product", "list_product_types", "list_engagements", "get_engagement", "list_tests", "get_test", "list_test_types", "list_findings", "get_finding", "list_finding_notes"]),
        ("product_mgmt", ["create_product"]),
        ("engagement_mgmt", ["create_engagement", "create_test", "reopen_finding"]),
        ("finding_mgmt", ["create_finding", "update_finding", "close_finding", "add_finding_note", "add_finding_tags", "remove_finding_tags"]),
        ("scan_mgmt", ["import_scan", "reimport_scan"]),
    ];

    private static readonly Dictionary<string, string> Permissions = new()
    {
        ["system"] = "system",
        ["metadata_read"] = "read",
        ["product_mgmt"] = "products",
        ["engagement_mgmt"] = "engagements",
        ["finding_mgmt"] = "findings",
        ["scan_mgmt"] = "scan",
    };

    [Theory]
    [InlineData("admin", "product_mgmt engagement_mgmt finding_mgmt scan_mgmt metadata_read system")]
    [InlineData("writer", "engagement_mgmt finding_mgmt scan_mgmt metadata_read system")]
    [InlineData("scanner", "scan_mgmt metadata_read system")]
    [InlineData("reader", "metadata_read system")]
    public async Task A_role_may_use_the_tools_of_its_groups_and_sees_and_calls_no_other(string role, string groups)
    {
        await using var range = await DojoRange.StartAsync();
        range.Gate.Caller = Gateway.Some.Caller(role);
        var held = groups.Split(' ');
        var shown = range.Gate.Listing.For(range.Gate.Caller).Entries.Select(entry => entry.Tool.Alias).ToHashSet();

        foreach (var (group, tools) in Groups)
        {
            foreach (var tool in tools)
            {
                Assert.Equal(held.Contains(group), shown.Contains(tool));
                var problem = await range.ProblemAsync(tool, """{"no_such":1}""");
                Assert.Equal((tool, held.Contains(group)), (tool, problem.Code != "forbidden"));
                Assert.Equal(!held.Contains(group), problem.Message.StartsWith($"Permission denied: requires {Permissions[group]}.", StringComparison.Ordinal));
            }
        }

        Assert.Equal(24, Groups.Sum(group => group.Tools.Length));
        Assert.Equal(0, range.Platform.Journal.Total);
    }

    [Theory]
    [InlineData("import_scan", """{"auto_create_context":true}""", false)]
    [InlineData("import_scan", """{"auto_create_context":true,"product_type_name":"Web"}""", false)]
    [InlineData("import_scan", """{"close_old_findings":true}""", false)]
    [InlineData("import_scan", """{"close_old_findings_product_scope":true}""", false)]
    [InlineData("import_scan", """{"push_to_jira":true}""", false)]
    [InlineData("reimport_scan", """{"push_to_jira":true}""", false)]
    [InlineData("reimport_scan", """{"auto_create_context":true}""", false)]
    [InlineData("reimport_scan", """{"close_old_findings":true}""", true)]
    [InlineData("import_scan", """{"close_old_findings":false}""", true)]
    public async Task Importing_alone_does_not_let_a_scanner_create_or_close_in_bulk(string tool, string arguments, bool isAllowed)
    {
        await using var range = await DojoRange.StartAsync();
        range.Gate.Caller = Gateway.Some.Caller("scanner");

        Assert.Equal(isAllowed, await range.RefusedAsync(tool, arguments) != "forbidden");
        range.Gate.Caller = Gateway.Some.Caller("admin");
        Assert.NotEqual("forbidden", await range.RefusedAsync(tool, arguments));
    }

    [Fact]
    public void Tools_say_what_they_do_as_the_contract_says()
    {
        var tools = new DefectDojoConnector().Tools.ToDictionary(tool => tool.Alias!);

        Assert.Equal(["close_finding", "import_scan", "reimport_scan", "remove_finding_tags", "update_finding"], tools.Values.Where(tool => tool.IsDestructive).Select(tool => tool.Alias).Order());
        Assert.Equal(["add_finding_tags", "close_finding", "remove_finding_tags", "update_finding"], tools.Values.Where(tool => tool.IsIdempotent && tool.Access == ToolAccess.Write).Select(tool => tool.Alias).Order());
    }

    [Fact]
    public async Task Without_a_key_for_changes_no_change_is_shown_and_a_call_is_told_why()
    {
        await using var range = await DojoRange.StartAsync(settings => settings with { ReadApiKey = settings.ApiKey, ApiKey = null });

        var shown = range.Gate.Listing.For(range.Gate.Caller).Entries.Where(entry => entry.Connector.Id == "defectdojo").ToList();
        var problem = await range.ProblemAsync("add_finding_note", """{"finding_id":1,"entry":"Checked"}""");

        Assert.Equal(12, shown.Count);
        Assert.All(shown, entry => Assert.Equal(ToolAccess.Read, entry.Tool.Access));
        Assert.Contains("no key for changes", problem.Message, StringComparison.Ordinal);
        Assert.Contains("DEFECTDOJO_WRITE_API_KEY", problem.Hint, StringComparison.Ordinal);
        Assert.Equal("not_configured", (await range.ResultAsync("health_check")).GetProperty("write_key").GetString());
        Assert.DoesNotContain(range.Platform.Journal.Entries(), entry => entry.Method != "GET");
    }

    [Fact]
    public async Task Each_key_is_used_for_its_own_kind_of_request_only()
    {
        await using var range = await DojoRange.StartAsync(settings => settings with { ReadApiKey = new("0123456789012345678901234567890123456789"), WriteApiKey = settings.ApiKey, ApiKey = null });

        Assert.Equal("upstream_auth", await range.RefusedAsync("get_finding", """{"finding_id":1}"""));
        Assert.Equal("upstream_auth", await range.RefusedAsync("close_finding", """{"finding_id":1,"reason":"mitigated"}"""));
        Assert.DoesNotContain(range.Platform.Journal.Entries(), entry => entry.Method != "GET");
        Assert.Equal("degraded", (await range.ResultAsync("health_check")).GetProperty("status").GetString());
    }
}
