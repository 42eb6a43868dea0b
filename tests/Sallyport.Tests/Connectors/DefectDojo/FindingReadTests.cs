using System.Text.Json;
using Sallyport.Connectors.DefectDojo;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Connectors.DefectDojo;

public sealed class FindingReadTests
{
    private const string Canary = "zz-canary";

    private static readonly string[] TextMembers =
        ["title", "description", "mitigation", "impact", "references", "steps_to_reproduce", "severity_justification", "component_name", "component_version", "file_path", "service", "unique_id_from_tool", "vuln_id_from_tool"];

    [Fact]
    public void All_24_tools_of_the_reference_server_are_there()
    {
        var tools = new DefectDojoConnector().Tools;

        Assert.Equal(24, tools.Select(tool => tool.Alias).Distinct().Count());
        Assert.Equal(12, tools.Count(tool => tool.Access == ToolAccess.Write));
    }

    [Fact]
    public async Task A_canary_in_every_text_of_a_finding_never_comes_back_unmarked()
    {
        await using var range = await DojoRange.StartAsync();
        var texts = string.Join(',', TextMembers.Select(member => $"\"{member}\":\"{Canary}\""));
        var created = await range.ResultAsync("create_finding", $$"""{"test_id":1,"severity":"High",{{texts}},"vulnerability_ids":["{{Canary}}"],"tags":["{{Canary}}"]}""");
        var id = created.GetProperty("id").GetInt32();
        var noted = await range.ResultAsync("add_finding_note", $$"""{"finding_id":{{id}},"entry":"{{Canary}}"}""");

        foreach (var result in (JsonElement[])[created, noted, await range.ResultAsync("get_finding", $$"""{"finding_id":{{id}}}"""),
            await range.ResultAsync("list_findings", $$"""{"tags":"{{Canary}}"}"""), await range.ResultAsync("list_finding_notes", $$"""{"finding_id":{{id}}}""")])
        {
            Assert.Contains(Canary, result.GetRawText(), StringComparison.OrdinalIgnoreCase);
            AssertMarked(result, "$");
        }
    }

    [Theory]
    [InlineData("""{"severity":"Critical"}""", "severity=Critical")]
    [InlineData("""{"severity":["Critical","High"]}""", "severity=Critical%2CHigh")]
    [InlineData("""{"product_id":"1,2"}""", "test__engagement__product=1%2C2")]
    [InlineData("""{"engagement_id":[1]}""", "test__engagement=1")]
    [InlineData("""{"active":true}""", "active=true")]
    [InlineData("""{"false_positive":false}""", "false_p=false")]
    [InlineData("""{"is_mitigated":true}""", "is_mitigated=true")]
    [InlineData("""{"cwe":22}""", "cwe=22")]
    [InlineData("""{"vulnerability_id":"CVE-2021-41773"}""", "vulnerability_id=CVE-2021-41773")]
    [InlineData("""{"discovered_after":"2020-01-01"}""", "discovered_after=2020-01-01")]
    [InlineData("""{"ordering":"-severity"}""", "o=-numerical_severity")]
    public async Task A_filter_reaches_the_platform_in_the_spelling_it_does_not_ignore(string arguments, string query)
    {
        await using var range = await DojoRange.StartAsync();

        await range.ResultAsync("list_findings", arguments);

        var asked = range.Platform.Journal.Entries().Last(entry => entry.Path.EndsWith("/findings/", StringComparison.Ordinal));
        Assert.Contains(query, asked.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"severity":"critical"}""", "invalid_arguments")]
    [InlineData("""{"severity":true}""", "invalid_arguments")]
    [InlineData("""{"status":"open"}""", "invalid_arguments")]
    [InlineData("""{"product_id":"0"}""", "invalid_arguments")]
    [InlineData("""{"ordering":"cost"}""", "invalid_arguments")]
    [InlineData("""{"limit":101}""", "invalid_arguments")]
    [InlineData("""{"test_id":99999}""", "upstream_not_found")]
    public async Task What_the_platform_would_ignore_is_refused(string arguments, string code)
    {
        await using var range = await DojoRange.StartAsync();

        Assert.Equal(code, await range.RefusedAsync("list_findings", arguments));
    }

    [Fact]
    public async Task The_unpatched_finding_of_the_story_says_where_it_belongs()
    {
        await using var range = await DojoRange.StartAsync();

        var page = await range.ResultAsync("list_findings", """{"vulnerability_id":"CVE-2021-41773"}""");

        var finding = page.GetProperty("results").EnumerateArray().Single(row => row.GetProperty("id").GetInt32() == 1);
        Assert.Equal("Linux systems", finding.GetProperty("context").GetProperty("product_name").GetProperty("value").GetString());
    }

    private static void AssertMarked(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.TryGetProperty("value", out _) && value.TryGetProperty("_warning", out _):
                return;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    AssertMarked(member.Value, $"{path}.{member.Name}");
                return;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    AssertMarked(item, path + "[]");
                return;
            default:
                Assert.False(value.GetRawText().Contains(Canary, StringComparison.OrdinalIgnoreCase), $"{path} is not marked");
                return;
        }
    }
}
