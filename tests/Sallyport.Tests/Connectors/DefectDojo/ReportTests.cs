using System.Text.Json;

namespace Sallyport.Tests.Connectors.DefectDojo;

public sealed class ReportTests
{
    [Fact]
    public async Task Every_sample_report_comes_in_as_the_findings_it_holds_and_can_be_closed_and_reopened()
    {
        var folder = SharedFiles.Require("data/scans");
        using var index = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "index.json"), TestContext.Current.CancellationToken));
        await using var range = await DojoRange.StartAsync();
        List<string> wrong = [];

        foreach (var sample in index.RootElement.GetProperty("files").EnumerateArray())
        {
            var (file, scanType, expected) = (sample.GetProperty("file").GetString()!, sample.GetProperty("scan_type").GetString()!, sample.GetProperty("expected_findings").GetInt32());
            var report = await File.ReadAllBytesAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);
            var imported = await range.ImportAsync(scanType, Path.GetFileName(file), report);
            Assert.Equal(sample.GetProperty("sha256").GetString(), imported.GetProperty("file_sha256").GetString());
            var test = imported.GetProperty("test_id").GetInt32();
            var page = await range.ResultAsync("list_findings", $$"""{"test_id":{{test}},"limit":1}""");
            if (page.GetProperty("count").GetInt32() != expected)
                wrong.Add($"{file}: {page.GetProperty("count")} for {expected}");
            foreach (var finding in page.GetProperty("results").EnumerateArray().Where(finding => finding.GetProperty("active").GetBoolean()))
                await CloseAndReopenAsync(range, finding.GetProperty("id").GetInt32());
        }

        Assert.Empty(wrong);
        Assert.Equal(25, index.RootElement.GetProperty("files").GetArrayLength());
    }

    [Fact]
    public async Task A_reimport_creates_closes_and_keeps_what_the_newer_report_says()
    {
        var folder = SharedFiles.Require("data/scans/zap");
        var (first, second) = (await File.ReadAllBytesAsync(Path.Combine(folder, "0_zap_sample.xml"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(folder, "1_zap_sample_0_and_new_absent.xml"), TestContext.Current.CancellationToken));
        await using var range = await DojoRange.StartAsync();

        var imported = await range.ImportAsync("ZAP Scan", "0_zap_sample.xml", first);
        var test = imported.GetProperty("test_id").GetInt32();
        var newer = await range.ImportAsync("ZAP Scan", "1_zap.xml", second, "reimport_scan", "test_id", test);
        var back = await range.ImportAsync("ZAP Scan", "0_zap_sample.xml", first, "reimport_scan", "test_id", test);

        Assert.Equal((3, 1), (Total(imported, "low", "after"), Total(imported, "medium", "after")));
        Assert.Equal((1, 1, 0, 3, 5), Delta(newer));
        Assert.Equal((0, 1, 1, 3, 5), Delta(back));
    }

    [Fact]
    public async Task An_empty_report_closes_a_test_on_reimport_unless_told_not_to()
    {
        var folder = SharedFiles.Require("data/scans/bandit");
        var empty = await File.ReadAllBytesAsync(Path.Combine(folder, "no_vuln.json"), TestContext.Current.CancellationToken);
        await using var range = await DojoRange.StartAsync();
        var test = (await range.ImportAsync("Bandit Scan", "dd.json", await File.ReadAllBytesAsync(Path.Combine(folder, "dd.json"), TestContext.Current.CancellationToken))).GetProperty("test_id").GetInt32();

        await range.ResultAsync("reimport_scan", $$"""{"scan_type":"Bandit Scan","file_name":"no.json","file_content_base64":"{{Convert.ToBase64String(empty)}}","test_id":{{test}},"close_old_findings":false}""");
        var kept = await range.ResultAsync("list_findings", $$"""{"test_id":{{test}},"active":true,"limit":1}""");
        await range.ImportAsync("Bandit Scan", "no.json", empty, "reimport_scan", "test_id", test);
        var closed = await range.ResultAsync("list_findings", $$"""{"test_id":{{test}},"active":true,"limit":1}""");

        Assert.Equal((47, 0), (kept.GetProperty("count").GetInt32(), closed.GetProperty("count").GetInt32()));
    }

    private static async Task CloseAndReopenAsync(DojoRange range, int id)
    {
        var closed = await range.ResultAsync("close_finding", $$"""{"finding_id":{{id}},"reason":"mitigated"}""");
        Assert.Equal((false, true), (closed.GetProperty("active").GetBoolean(), closed.GetProperty("is_mitigated").GetBoolean()));
        var reopened = await range.ResultAsync("reopen_finding", $$"""{"finding_id":{{id}}}""");
        Assert.Equal((true, false), (reopened.GetProperty("active").GetBoolean(), reopened.GetProperty("is_mitigated").GetBoolean()));
    }

    private static int Total(JsonElement result, string severity, string part) => result.GetProperty("statistics").GetProperty(part).GetProperty(severity).GetProperty("total").GetInt32();

    private static (int Created, int Closed, int Reactivated, int Untouched, int All) Delta(JsonElement result)
    {
        var delta = result.GetProperty("statistics").GetProperty("delta");
        return (Of("created"), Of("closed"), Of("reactivated"), Of("untouched"), Total(result, "total", "after"));

        int Of(string part) => delta.GetProperty(part).GetProperty("total").GetProperty("total").GetInt32();
    }
}
