using System.Text.Json;
using Sallyport.Connectors.DefectDojo;

namespace Sallyport.Tests.Connectors.DefectDojo.Findings;

public sealed class FindingFilterTests
{
    public static TheoryData<string, string> Filters => new()
    {
        { """{"product_id":1}""", "test__engagement__product=1" },
        { """{"product_id":[1,2]}""", "test__engagement__product=1%2C2" },
        { """{"product_id":"1, 2"}""", "test__engagement__product=1%2C2" },
        { """{"engagement_id":[1]}""", "test__engagement=1" },
        { """{"engagement_id":"1,2"}""", "test__engagement=1%2C2" },
        { """{"test_id":1}""", "test=1" },
        { """{"severity":"Critical"}""", "severity=Critical" },
        { """{"severity":["Critical","High"]}""", "severity=Critical%2CHigh" },
        { """{"severity":"Critical,High"}""", "severity=Critical%2CHigh" },
        { """{"active":true}""", "active=true" },
        { """{"verified":false}""", "verified=false" },
        { """{"duplicate":false}""", "duplicate=false" },
        { """{"false_positive":true}""", "false_p=true" },
        { """{"is_mitigated":true}""", "is_mitigated=true" },
        { """{"out_of_scope":true}""", "out_of_scope=true" },
        { """{"risk_accepted":false}""", "risk_accepted=false" },
        { """{"title":"100% & more"}""", "title=100%25%20%26%20more" },
        { """{"component_name":"apache"}""", "component_name=apache" },
        { """{"cwe":22}""", "cwe=22" },
        { """{"cwe":[22,79]}""", "cwe=22%2C79" },
        { """{"cwe":"22,79"}""", "cwe=22%2C79" },
        { """{"vulnerability_id":"CVE-2021-41773"}""", "vulnerability_id=CVE-2021-41773" },
        { """{"vulnerability_id":["CVE-2021-41773","GHSA-1"]}""", "vulnerability_id=CVE-2021-41773%2CGHSA-1" },
        { """{"tags":["pci","web"]}""", "tags=pci%2Cweb" },
        { """{"tags":"pci,web"}""", "tags=pci%2Cweb" },
        { """{"discovered_after":"2020-01-01"}""", "discovered_after=2020-01-01" },
        { """{"discovered_before":"2030-01-01"}""", "discovered_before=2030-01-01" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_reaches_the_platform_under_the_name_and_in_the_spelling_that_it_does_not_ignore(string arguments, string sent)
    {
        await using var range = await DojoRange.StartAsync();

        await range.ResultAsync("list_findings", arguments);

        Assert.Contains(sent, Asked(range).TrimStart('?').Split('&'));
    }

    [Fact]
    public void All_18_filters_are_tried()
    {
        var offered = new DefectDojoConnector().Tools.Single(tool => tool.Alias == "list_findings").Input.Root.Properties.Keys.Except(["limit", "offset", "ordering"]);
        var tried = Filters.Select(row => JsonElement.Parse(row.Data.Item1).EnumerateObject().Single().Name).Distinct();

        Assert.Equal(offered.Order(), tried.Order());
        Assert.Equal(18, offered.Count());
    }

    [Theory]
    [InlineData("""{"severity":"critical"}""")]
    [InlineData("""{"severity":"Critical,"}""")]
    [InlineData("""{"severity":["High","high"]}""")]
    [InlineData("""{"severity":[]}""")]
    [InlineData("""{"severity":true}""")]
    [InlineData("""{"severity":{"in":"High"}}""")]
    [InlineData("""{"product_id":0}""")]
    [InlineData("""{"product_id":"0"}""")]
    [InlineData("""{"product_id":"1;2"}""")]
    [InlineData("""{"product_id":["1"]}""")]
    [InlineData("""{"product_id":1.5}""")]
    [InlineData("""{"product_id":"9999999999"}""")]
    [InlineData("""{"cwe":-1}""")]
    [InlineData("""{"cwe":"CWE-79"}""")]
    [InlineData("""{"tags":["two words"]}""")]
    [InlineData("""{"tags":["a,b"]}""")]
    [InlineData("""{"vulnerability_id":""}""")]
    [InlineData("""{"active":"true"}""")]
    [InlineData("""{"active":1}""")]
    [InlineData("""{"title":"   "}""")]
    [InlineData("""{"title":""}""")]
    [InlineData("""{"component_name":"\t"}""")]
    [InlineData("""{"discovered_after":"2026-02-30"}""")]
    [InlineData("""{"ordering":"cost"}""")]
    [InlineData("""{"ordering":""}""")]
    [InlineData("""{"limit":0}""")]
    [InlineData("""{"limit":101}""")]
    [InlineData("""{"offset":-1}""")]
    [InlineData("""{"status":"open"}""")]
    [InlineData("""{"product":1}""")]
    [InlineData("""{"search":"x"}""")]
    [InlineData("""{"date_from":"2026-01-01"}""")]
    public async Task What_the_platform_would_ignore_or_misread_is_refused_before_it_is_asked(string arguments)
    {
        await using var range = await DojoRange.StartAsync();

        Assert.Equal("invalid_arguments", await range.RefusedAsync("list_findings", arguments));

        Assert.Equal(0, range.Platform.Journal.Total);
    }

    [Theory]
    [InlineData("list_products", """{"name":"  "}""")]
    [InlineData("list_engagements", """{"name":"  "}""")]
    [InlineData("list_test_types", """{"name":"  "}""")]
    public async Task A_blank_name_would_list_everything_and_is_refused(string tool, string arguments)
    {
        await using var range = await DojoRange.StartAsync();

        Assert.Equal("invalid_arguments", await range.RefusedAsync(tool, arguments));
    }

    [Fact]
    public void The_schema_says_what_a_list_may_hold()
    {
        var schema = JsonElement.Parse(new DefectDojoConnector().Tools.Single(tool => tool.Alias == "list_findings").Input.Utf8.Span).GetProperty("properties");

        foreach (var name in (string[])["product_id", "engagement_id", "severity", "cwe", "vulnerability_id", "tags"])
        {
            var options = schema.GetProperty(name).GetProperty("anyOf").EnumerateArray().ToDictionary(option => option.GetProperty("type").GetString()!);
            Assert.NotEmpty(schema.GetProperty(name).GetProperty("description").GetString()!);
            Assert.Equal(1, options["array"].GetProperty("minItems").GetInt32());
            Assert.StartsWith("^", options["string"].GetProperty("pattern").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_filter_narrows_what_the_platform_really_answers()
    {
        await using var range = await DojoRange.StartAsync();
        async Task<int> CountAsync(string arguments) => (await range.ResultAsync("list_findings", arguments)).GetProperty("count").GetInt32();

        var all = await CountAsync("{}");
        var critical = await CountAsync("""{"severity":"Critical"}""");

        Assert.InRange(critical, 1, all - 1);
        Assert.Equal(await CountAsync("""{"severity":"Critical,High"}"""), critical + await CountAsync("""{"severity":"High"}"""));
        Assert.Equal("upstream_not_found", await range.RefusedAsync("list_findings", """{"test_id":99999}"""));
    }

    [Fact]
    public async Task By_severity_means_by_how_bad_it_is()
    {
        await using var range = await DojoRange.StartAsync();

        await range.ResultAsync("list_findings", """{"ordering":"-severity,id"}""");

        Assert.Contains("o=-numerical_severity%2Cid", Asked(range), StringComparison.Ordinal);
    }

    private static string Asked(DojoRange range)
        => range.Platform.Journal.Entries().Last(entry => entry.Path.EndsWith("/findings/", StringComparison.Ordinal)).Query;
}
