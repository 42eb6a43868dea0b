using System.Text.Json;
using Sallyport.Connectors.DefectDojo;
using Sallyport.Core.Schemas;

namespace Sallyport.Tests.Connectors.DefectDojo;

/// <summary>What arguments may be, as the contract's tables say: the sizes of the platform's own columns.</summary>
public sealed class ArgumentLimitTests
{
    private const string FindingTexts = "title 511 description 50000 mitigation 20000 impact 20000 references 20000 steps_to_reproduce 20000 severity_justification 20000 "
        + "component_name 500 component_version 100 file_path 4000 service 200 unique_id_from_tool 500 vuln_id_from_tool 500";

    private const string ImportTexts = "product_name 255 engagement_name 300 product_type_name 255 test_title 255 environment 200 version 100 build_id 150 branch_tag 150 commit_hash 150 service 200";

    [Theory]
    [InlineData("list_products", "name 255")]
    [InlineData("list_product_types", "name 255")]
    [InlineData("list_test_types", "name 200")]
    [InlineData("list_engagements", "name 300")]
    [InlineData("list_findings", "title 511 component_name 500")]
    [InlineData("create_product", "name 255 description 4000")]
    [InlineData("create_engagement", "name 300 description 2000 version 100 build_id 150 commit_hash 150 branch_tag 150")]
    [InlineData("create_test", "title 255 description 20000 version 100 build_id 150 commit_hash 150 branch_tag 150")]
    [InlineData("create_finding", FindingTexts)]
    [InlineData("update_finding", FindingTexts)]
    [InlineData("close_finding", "note 10000")]
    [InlineData("reopen_finding", "note 10000")]
    [InlineData("add_finding_note", "entry 10000")]
    [InlineData("import_scan", ImportTexts)]
    [InlineData("reimport_scan", ImportTexts)]
    public void A_text_may_be_as_long_as_its_column_and_not_a_character_longer(string tool, string limits)
    {
        var words = limits.Split(' ');
        for (var i = 0; i < words.Length; i += 2)
        {
            var most = int.Parse(words[i + 1]);
            Assert.DoesNotContain(words[i], Wrong(tool, words[i], JsonSerializer.Serialize(new string('x', most))));
            Assert.Contains(words[i], Wrong(tool, words[i], JsonSerializer.Serialize(new string('x', most + 1))));
        }
    }

    [Theory]
    [InlineData("create_finding", "cwe", 0, 100_000)]
    [InlineData("create_finding", "line", 0, int.MaxValue)]
    [InlineData("create_test", "percent_complete", 0, 100)]
    [InlineData("list_products", "limit", 1, 100)]
    [InlineData("list_finding_notes", "limit", 1, 100)]
    [InlineData("list_tests", "offset", 0, 1_000_000)]
    public void A_number_is_within_its_range(string tool, string member, long least, long most)
    {
        Assert.All([least, most], number => Assert.DoesNotContain(member, Wrong(tool, member, $"{number}")));
        Assert.All([least - 1, most + 1], number => Assert.Contains(member, Wrong(tool, member, $"{number}")));
    }

    [Fact]
    public void Every_id_is_a_number_from_1_and_nothing_that_only_looks_like_one()
    {
        var ids = new DefectDojoConnector().Tools.SelectMany(tool => tool.Input.Root.Properties, (tool, member) => (tool.Alias, member.Key, member.Value))
            .Where(id => (id.Key.EndsWith("_id", StringComparison.Ordinal) || id.Key == "duplicate_of") && id.Value.Kinds == SchemaKind.Integer).ToList();

        Assert.InRange(ids.Count, 25, 40);
        foreach (var (tool, member, _) in ids)
        {
            Assert.All(["0", "-1", "2147483648", "1.5", "\"1\"", "true", "[1]"], value => Assert.Contains(member, Wrong(tool!, member, value)));
            Assert.All(["1", "2147483647"], value => Assert.DoesNotContain(member, Wrong(tool!, member, value)));
        }
    }

    [Fact]
    public void No_tool_takes_an_argument_that_it_does_not_know()
        => Assert.All(new DefectDojoConnector().Tools, tool => Assert.Contains("no_such", Wrong(tool.Alias!, "no_such", "1")));

    [Theory]
    [InlineData("create_finding", "date", "\"2026-02-30\"")]
    [InlineData("create_finding", "date", "\"01.02.2026\"")]
    [InlineData("create_engagement", "target_start", "\"2026-1-1\"")]
    [InlineData("create_test", "target_end", "\"tomorrow\"")]
    [InlineData("create_finding", "vulnerability_ids", "[\"\"]")]
    [InlineData("add_finding_tags", "tags", "[]")]
    [InlineData("add_finding_tags", "tags", "\"pci\"")]
    [InlineData("create_product", "business_criticality", "\"High\"")]
    [InlineData("create_engagement", "status", "\"in progress\"")]
    [InlineData("import_scan", "group_by", "\"severity\"")]
    public void A_value_that_the_platform_has_no_room_for_is_refused(string tool, string member, string value) => Assert.Contains(member, Wrong(tool, member, value));

    /// <summary>The members that the tool's schema complains about when one is given like this.</summary>
    private static IEnumerable<string> Wrong(string tool, string member, string json)
        => new DefectDojoConnector().Tools.Single(known => known.Alias == tool).Input.Validate(System.Text.Encoding.UTF8.GetBytes($$"""{"{{member}}":{{json}}}""")).Where(error => !error.Message.Contains("required", StringComparison.Ordinal))
            .Select(error => error.Path.Split('[', '.')[0]);
}
