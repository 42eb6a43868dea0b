using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Connectors.DefectDojo.Imports;
using Sallyport.Gateway.Approvals;
using Sallyport.Simulator.Faults;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.DefectDojo.Imports;

/// <summary>Reports on their way in: from where, how large, to what, and what happens when nobody answers.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Report = """{"findings":[{"title":"Old library","severity":"High","description":"Seen"},{"title":"Weak key","severity":"Info","description":"Seen"}]}""";

    private readonly string _root = Directory.CreateTempSubdirectory("sallyport-import-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("report.json", null, "report.json")]
    [InlineData("nightly/web/report.json", null, "report.json")]
    [InlineData("report.bin", "renamed.json", "renamed.json")]
    public async Task A_file_below_the_import_directory_is_sent_under_its_name(string path, string? name, string sent)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, Report, TestContext.Current.CancellationToken);
        await using var range = await DojoRange.StartAsync(settings => settings with { ImportRoot = _root });

        var imported = await range.ResultAsync("import_scan", Arguments(new() { ["file_path"] = path, ["file_name"] = name }));

        var asked = range.Platform.Journal.Entries().Single(entry => entry.Method == "POST");
        Assert.StartsWith("multipart/form-data", asked.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains($"filename=\"{sent}\"", asked.Body, StringComparison.Ordinal);
        Assert.Contains(Report, asked.Body, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetByteCount(Report), imported.GetProperty("file_bytes").GetInt32());
        Assert.Equal(2, await CountAsync(range, imported.GetProperty("test_id").GetInt32()));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../report.json")]
    [InlineData("a/../../report.json")]
    [InlineData("./report.json")]
    [InlineData("a//report.json")]
    [InlineData("a\\..\\report.json")]
    [InlineData("/etc/hostname.json")]
    [InlineData("linked/report.json")]
    [InlineData("link.json")]
    [InlineData("folder.json")]
    [InlineData("missing.json")]
    public async Task No_path_leads_out_of_the_import_directory(string path)
    {
        Directory.CreateDirectory(Path.Combine(_root, "a"));
        Directory.CreateDirectory(Path.Combine(_root, "folder.json"));
        File.CreateSymbolicLink(Path.Combine(_root, "link.json"), "/etc/hostname");
        Directory.CreateSymbolicLink(Path.Combine(_root, "linked"), "/etc");
        await using var range = await DojoRange.StartAsync(settings => settings with { ImportRoot = _root });

        var problem = await range.ProblemAsync("import_scan", Arguments(new() { ["file_path"] = path }));

        Assert.Equal("invalid_arguments", problem.Code);
        Assert.DoesNotContain(_root, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, range.Platform.Journal.Total);
    }

    [Fact]
    public async Task Without_an_import_directory_no_file_is_read()
    {
        await using var range = await DojoRange.StartAsync();

        Assert.Contains("IMPORT_ROOT", (await range.ProblemAsync("import_scan", Arguments(new() { ["file_path"] = "report.json" }))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file_content")]
    [InlineData("file_content_base64")]
    [InlineData("file_path")]
    public async Task A_report_may_be_as_large_as_the_operator_says_and_no_larger(string source)
    {
        const int Most = 400;
        await using var range = await DojoRange.StartAsync(settings => settings with { ImportRoot = _root, ImportMaxBytes = Most });

        foreach (var (bytes, isTaken) in new[] { (Most, true), (Most + 1, false) })
        {
            // The limit is on the report itself, not on its longer form in base64.
            var report = Report.PadRight(bytes);
            await File.WriteAllTextAsync(Path.Combine(_root, "report.json"), report, TestContext.Current.CancellationToken);
            var given = source switch { "file_content" => report, "file_path" => "report.json", _ => Convert.ToBase64String(Encoding.UTF8.GetBytes(report)) };
            Assert.Equal(isTaken ? "" : "invalid_arguments", await range.RefusedAsync("import_scan", Arguments(new() { [source] = given, ["file_name"] = "report.json" })));
        }
    }

    [Theory]
    [InlineData("""{"file_name":"a.json"}""")]
    [InlineData("""{"file_name":"a.json","file_content":"{}","file_content_base64":"e30="}""")]
    [InlineData("""{"file_name":"a.json","file_content":""}""")]
    [InlineData("""{"file_name":"a.json","file_content_base64":"not base64"}""")]
    [InlineData("""{"file_content":"{}"}""")]
    [InlineData("""{"file_name":"a.exe","file_content":"{}"}""")]
    [InlineData("""{"file_name":"../a.json","file_content":"{}"}""")]
    [InlineData("""{"file_name":"a b.json","file_content":"{}"}""")]
    [InlineData("""{"file_name":"a.json","file_content":"{}","scan_date":"2999-01-01"}""")]
    [InlineData("""{"file_name":"a.json","file_content":"{}","minimum_severity":"high"}""")]
    [InlineData("""{"file_name":"a.json","file_content":"{}","product_name":"Shop","engagement_name":"Spring"}""")]
    [InlineData("""{"file_name":"a.json","file_content":"{}","engagement_id":null,"product_name":"Shop"}""")]
    [InlineData("""{"file_name":"a.json","file_content":"{}","tags":["two words"]}""")]
    public async Task An_import_that_makes_no_sense_is_refused_and_never_sent(string arguments)
    {
        await using var range = await DojoRange.StartAsync();

        Assert.Equal("invalid_arguments", await range.RefusedAsync("import_scan", Arguments(JsonNode.Parse(arguments)!.AsObject())));

        Assert.Equal(0, range.Platform.Journal.Total);
    }

    [Theory]
    [InlineData("import_scan", "engagement_id", "defectdojo_tests_list")]
    [InlineData("reimport_scan", "test_id", "defectdojo_test_get")]
    public async Task An_import_that_nobody_answers_is_sent_once_and_says_how_to_find_out(string tool, string target, string hint)
    {
        await using var range = await DojoRange.StartAsync();
        range.Platform.Faults.Script("/api/v2/", FaultStep.Reset(DropAt.AfterWork), times: 5);

        var problem = await range.ProblemAsync(tool, $$"""{"scan_type":"Generic Findings Import","{{target}}":1,"file_name":"a.json","file_content":"{\"findings\":[]}"}""");

        Assert.Equal("outcome_unknown", problem.Code);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
        Assert.Single(range.Platform.Journal.Entries());
    }

    [Theory]
    [InlineData("import_scan", "engagement_id", "false")]
    [InlineData("reimport_scan", "test_id", "true")]
    public async Task What_decides_about_closing_is_always_sent_and_what_would_override_the_report_is_not(string tool, string target, string closes)
    {
        await using var range = await DojoRange.StartAsync();

        await range.ResultAsync(tool, $$"""{"scan_type":"Generic Findings Import","{{target}}":1,"file_name":"a.json","file_content":"{\"findings\":[]}","minimum_severity":"High"}""");

        var body = range.Platform.Journal.Entries().Single(entry => entry.Method == "POST").Body;
        Assert.Matches($"name=\"close_old_findings\"\r\n\r\n{closes}\r\n", body);
        Assert.Matches("name=\"minimum_severity\"\r\n\r\nHigh\r\n", body);
        Assert.Matches("name=\"deduplication_execution_mode\"\r\n\r\nasync_wait\r\n", body);
        Assert.DoesNotContain("name=\"active\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"verified\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_271_scan_types_are_the_platforms_and_those_that_pull_by_themselves_are_refused()
    {
        var names = await File.ReadAllLinesAsync(SharedFiles.Require("contracts/defectdojo-scan-types.txt"), TestContext.Current.CancellationToken);
        string[] pulling = ["BlackDuck API", "Bugcrowd API Import", "Cobalt.io API Import", "Edgescan Scan", "SonarQube API Import", "Vulners"];

        Assert.Equal(names.Where(name => name.Length > 0 && name[0] != '#').Order(StringComparer.Ordinal), ScanTypes.Names.Order(StringComparer.Ordinal));
        Assert.Equal(271, ScanTypes.Names.Count);
        Assert.Equal(pulling, ScanTypes.Names.Where(name => Record.Exception(() => ScanTypes.Check(name)) is not null).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_report_of_a_kind_and_name_that_were_read_before_comes_in_and_a_title_that_was_read_waits()
    {
        var taint = new ApprovalPolicy(ApprovalNeed.Never, TimeSpan.FromMinutes(15)) { HoldsTainted = true };
        await using var range = await DojoRange.StartAsync(options: new TestGatewayOptions { Approvals = taint });
        const string Found = """{"findings":[{"title":"Left over by the team of last year in nightly_report_2026.json","severity":"Low","description":"It is there."}]}""";
        var again = new JsonObject { ["file_name"] = "nightly_report_2026.json", ["file_content"] = Found };
        var test = (await range.ResultAsync("import_scan", Arguments(again))).GetProperty("test_id").GetInt32();
        await range.ResultAsync("list_findings", $$"""{"test_id":{{test}}}""");
        await range.ResultAsync("get_test", $$"""{"test_id":{{test}}}""");
        again["file_content"] = """{"findings":[]}""";

        await range.ResultAsync("import_scan", Arguments(again));

        again["test_title"] = "Left over by the team of last year";
        Assert.Equal("approval_required", await range.RefusedAsync("import_scan", Arguments(again)));
    }

    private static string Arguments(JsonObject more)
    {
        var arguments = new JsonObject { ["scan_type"] = "Generic Findings Import", ["engagement_id"] = 1 };
        foreach (var (name, value) in more)
            arguments[name] = value?.DeepClone();
        foreach (var name in arguments.Where(member => member.Value is null).Select(member => member.Key).ToList())
            arguments.Remove(name);
        return arguments.ToJsonString();
    }

    private static async Task<int> CountAsync(DojoRange range, int test)
        => (await range.ResultAsync("list_findings", $$"""{"test_id":{{test}}}""")).GetProperty("count").GetInt32();
}
