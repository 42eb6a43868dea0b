using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sallyport.Simulator.Hosting;
using SimulatedPlatform = Sallyport.Simulator.Hosting.Platform;

namespace Sallyport.Tests.Simulator.DefectDojo;

/// <summary>The simulated DefectDojo, asked over plain HTTP: its answers are the contract's, traps included.</summary>
public sealed class DefectDojoSimulatorTests : IAsyncLifetime
{
    private SimulatedCompany _company = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _company = await SimulatedCompany.StartAsync(new() { Devices = 25, OpenPorts = false, Platforms = [SimulatedPlatform.DefectDojo] });
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_company[SimulatedPlatform.DefectDojo].BaseUrl, "api/v2/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", _company.DefectDojo.ApiKey);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _company.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "Authentication credentials were not provided.")]
    [InlineData("Bearer abc", "Authentication credentials were not provided.")]
    [InlineData("Token", "Invalid token header. No credentials provided.")]
    [InlineData("Token 0123456789012345678901234567890123456789", "Invalid token.")]
    public async Task A_bad_key_is_403_and_never_401(string? header, string detail)
    {
        _http.DefaultRequestHeaders.Authorization = header is null ? null : AuthenticationHeaderValue.Parse(header);

        var (status, body) = await SendAsync("GET", "products/");

        Assert.Equal((403, detail), (status, body.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task The_key_of_a_user_who_was_switched_off_is_403_too()
    {
        _company[SimulatedPlatform.DefectDojo].Tokens.Revoke(_company.DefectDojo.ApiKey);

        var (status, body) = await SendAsync("GET", "products/");

        Assert.Equal((403, "User inactive or deleted."), (status, body.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", _company.DefectDojo.ViewerKey);

        Assert.Equal(200, (await SendAsync("GET", "findings/1/")).Status);
        Assert.Equal((403, "You do not have permission to perform this action."), await SendAsync("PATCH", "findings/1/", """{"impact":"x"}""") is var (status, body) ? (status, body.GetProperty("detail").GetString()) : default);
    }

    [Fact]
    public async Task A_path_without_its_slash_is_redirected_on_reads_and_refused_on_changes()
    {
        using var read = await _http.GetAsync("products", TestContext.Current.CancellationToken);

        Assert.Equal((301, true), ((int)read.StatusCode, read.Headers.Location!.OriginalString.EndsWith("/products/", StringComparison.Ordinal)));
        Assert.Equal(400, (await SendAsync("POST", "products", "{}")).Status);
    }

    [Theory]
    [InlineData("19.2", "product_types/?limit=1")]
    [InlineData("19.3", "products/1/")]
    [InlineData("19.5", "tests/1/")]
    [InlineData("19.6", "test_types/?limit=1")]
    [InlineData("19.7", "findings/1/")]
    public async Task An_object_has_the_members_of_the_contracts_example_in_their_order(string section, string path)
    {
        var contract = await File.ReadAllTextAsync(SharedFiles.Require("contracts/defectdojo.md"), TestContext.Current.CancellationToken);
        var start = contract.IndexOf("```json", contract.IndexOf($"### {section} ", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        var example = JsonElement.Parse(contract[start..contract.IndexOf("```", start, StringComparison.Ordinal)]);

        var (_, body) = await SendAsync("GET", path);

        var shown = body.TryGetProperty("results", out var rows) ? rows[0] : body;
        // One object brings prefetch along, a row of a list does not.
        Assert.Equal(example.EnumerateObject().Select(member => member.Name).Where(name => name != "prefetch"), shown.EnumerateObject().Select(member => member.Name).Where(name => name != "prefetch"));
    }

    [Fact]
    public async Task A_page_counts_everything_and_links_to_the_next_with_its_filters()
    {
        var (_, page) = await SendAsync("GET", "findings/?active=true&limit=2");

        Assert.Equal(["count", "next", "previous", "results"], page.EnumerateObject().Select(member => member.Name).Take(4));
        Assert.Equal((2, JsonValueKind.Null), (page.GetProperty("results").GetArrayLength(), page.GetProperty("previous").ValueKind));
        Assert.StartsWith(_http.BaseAddress + "findings/?", page.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Contains("active=true", page.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status=open")]
    [InlineData("product=1")]
    [InlineData("search=zzz")]
    [InlineData("active=1")]
    [InlineData("active=yes")]
    [InlineData("active=TRUE")]
    public async Task What_the_platform_does_not_know_it_ignores(string query)
        => Assert.Equal(await CountAsync(""), await CountAsync(query));

    [Theory]
    [InlineData("severity=critical", 0)]
    [InlineData("test__engagement=99999", 0)]
    [InlineData("test__engagement__product=99999", 0)]
    public async Task A_value_that_nothing_has_is_an_empty_page(string query, int count) => Assert.Equal(count, await CountAsync(query));

    [Theory]
    [InlineData("test=99999")]
    [InlineData("date=2026-01-01")]
    [InlineData("mitigated=true")]
    public async Task Some_filters_are_refused(string query) => Assert.Equal(400, (await SendAsync("GET", $"findings/?{query}")).Status);

    [Fact]
    public async Task Closing_needs_the_flag_and_answers_with_seven_members()
    {
        Assert.Equal(500, (await SendAsync("POST", "findings/1/close/", """{"false_p":true}""")).Status);

        var (status, closed) = await SendAsync("POST", "findings/1/close/", """{"is_mitigated":true,"false_p":true}""");
        var (_, finding) = await SendAsync("GET", "findings/1/");

        Assert.Equal((200, 7), (status, closed.EnumerateObject().Count()));
        Assert.Equal("Inactive, Mitigated, False Positive", finding.GetProperty("display_status").GetString());
        Assert.False(finding.GetProperty("verified").GetBoolean());
    }

    [Theory]
    [InlineData("""{"active":true,"duplicate":true}""", "Duplicate findings cannot be verified or active")]
    [InlineData("""{"false_p":true,"verified":true}""", "False positive findings cannot be verified.")]
    [InlineData("""{"active":true,"risk_accepted":true}""", "Active findings cannot be risk accepted.")]
    public async Task States_that_cannot_be_are_refused_in_the_shape_with_the_advertising(string json, string text)
    {
        var (status, body) = await SendAsync("PATCH", "findings/1/", json);

        Assert.Equal((400, text), (status, body.GetProperty("non_field_errors")[0].GetString()));
        Assert.Equal(["non_field_errors", "message", "pro"], body.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_note_is_answered_without_its_id_and_shown_newest_first()
    {
        var (status, first) = await SendAsync("POST", "findings/1/notes/", """{"entry":"first"}""");
        await SendAsync("POST", "findings/1/notes/", """{"entry":"second","private":true}""");
        var (_, finding) = await SendAsync("GET", "findings/1/");

        Assert.Equal((201, false), (status, first.TryGetProperty("id", out _)));
        Assert.Equal(["second", "first"], finding.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("entry").GetString()).Take(2));
    }

    [Fact]
    public async Task Tags_are_lowered_and_split_and_one_unknown_keeps_all()
    {
        var (added, tags) = await SendAsync("POST", "findings/1/tags/", """{"tags":["PCI,Web","x"]}""");
        var (spaced, refusal) = await SendAsync("POST", "findings/1/tags/", """{"tags":["two words"]}""");
        var (unknown, error) = await SendAsync("PATCH", "findings/1/remove_tags/", """{"tags":["pci","never"]}""");
        var (removed, _) = await SendAsync("PATCH", "findings/1/remove_tags/", """{"tags":["pci","web","x"]}""");

        Assert.Equal((200, 400, 400, 204), (added, spaced, unknown, removed));
        Assert.Superset(new HashSet<string?> { "pci", "web", "x" }, tags.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).ToHashSet());
        Assert.Equal(["tags"], refusal.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["error"], error.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("findings/99999/", 404)]
    [InlineData("no_such_thing/", 404)]
    public async Task What_is_not_there_is_not_found(string path, int status)
    {
        var (answered, body) = await SendAsync("GET", path);

        Assert.Equal((status, JsonValueKind.String), (answered, body.GetProperty("detail").ValueKind));
    }

    [Fact]
    public async Task A_report_comes_as_a_form_and_not_as_json()
        => Assert.Equal(415, (await SendAsync("POST", "import-scan/", """{"scan_type":"ZAP Scan"}""")).Status);

    [Theory]
    [InlineData("No Such Scan", "a.json", 400)]
    [InlineData("Generic Findings Import", "a.exe", 400)]
    [InlineData("Generic Findings Import", "a.json", 201)]
    public async Task A_report_needs_a_scan_type_and_an_extension_that_are_known(string scanType, string name, int status)
    {
        Assert.Equal(status, (await ImportAsync(scanType, name, """{"findings":[]}"""u8.ToArray())).Status);
    }

    [Fact]
    public async Task A_note_of_a_kind_that_there_may_be_once_is_refused_the_second_time_as_a_bare_text()
    {
        await SendAsync("POST", "findings/1/notes/", """{"entry":"signed","note_type":1}""");

        var (again, refusal) = await SendAsync("POST", "findings/1/notes/", """{"entry":"signed again","note_type":1}""");
        var (unknown, field) = await SendAsync("POST", "findings/1/notes/", """{"entry":"x","note_type":99}""");
        var (_, notes) = await SendAsync("GET", "findings/1/notes/");

        Assert.Equal((400, "Only one instance of this note_type allowed on a finding."), (again, refusal.GetString()));
        Assert.Equal((400, "note_type"), (unknown, field.EnumerateObject().Single().Name));
        Assert.Equal(["Sign-off"], notes.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("note_type").GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("engagement", "99999", "Engagement \"99999\" does not exist")]
    [InlineData("product_name", "No such", "engagement_name parameter missing")]
    [InlineData("engagement_name", "No such", "product_name parameter missing")]
    public async Task An_import_to_nowhere_is_refused_as_a_list_of_texts(string field, string value, string text)
    {
        var (status, body) = await ImportAsync("Generic Findings Import", "a.json", """{"findings":[]}"""u8.ToArray(), field, value);

        Assert.Equal((400, text), (status, body.EnumerateArray().Single().GetString()));
    }

    [Theory]
    [InlineData("Generic Findings Import", "{")]
    [InlineData("ZAP Scan", "<a")]
    [InlineData("SARIF", "not json")]
    public async Task A_report_that_cannot_be_read_is_a_message_with_advertising(string scanType, string report)
    {
        var (status, body) = await ImportAsync(scanType, "a.json", Encoding.UTF8.GetBytes(report));

        Assert.Equal(400, status);
        Assert.Equal(["message", "pro"], body.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task What_is_no_json_is_a_message_without()
    {
        var (status, body) = await SendAsync("POST", "findings/", "{");

        Assert.Equal(400, status);
        Assert.Equal("message", body.EnumerateObject().First().Name);
    }

    [Fact]
    public async Task Reports_of_at_least_eight_scanners_are_really_read()
    {
        var folder = SharedFiles.Require("data/scans");
        var index = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "index.json"), TestContext.Current.CancellationToken));
        HashSet<string> read = [];

        foreach (var sample in index.GetProperty("files").EnumerateArray().Where(sample => sample.GetProperty("expected_findings").GetInt32() > 0))
        {
            var (file, scanType) = (sample.GetProperty("file").GetString()!, sample.GetProperty("scan_type").GetString()!);
            // White space behind its end makes it another file with the same findings: nothing here is known by its digest.
            byte[] report = [.. await File.ReadAllBytesAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken), (byte)'\n'];
            var (status, body) = await ImportAsync(scanType, Path.GetFileName(file), report);
            Assert.Equal((file, 201, sample.GetProperty("expected_findings").GetInt32()), (file, status, body.GetProperty("statistics").GetProperty("after").GetProperty("total").GetProperty("total").GetInt32()));
            read.Add(scanType);
        }

        Assert.InRange(read.Count, 8, 25);
    }

    [Fact]
    public async Task Deduplication_turns_a_second_copy_into_a_duplicate_of_the_first()
    {
        const string Copy = """{"test":1,"title":"Twin","severity":"High","description":"same","active":true,"verified":false,"found_by":[],"numerical_severity":"S1"}""";
        await SendAsync("POST", "findings/", Copy);
        _company.DefectDojo.Deduplicates = true;

        var (_, second) = await SendAsync("POST", "findings/", Copy);
        var (_, read) = await SendAsync("GET", $"findings/{second.GetProperty("id").GetInt32()}/");

        Assert.Equal("Inactive, Duplicate", read.GetProperty("display_status").GetString());
    }

    private async Task<(int Status, JsonElement Body)> ImportAsync(string scanType, string name, byte[] report, string field = "engagement", string value = "1")
    {
        using var form = new MultipartFormDataContent { { new StringContent(scanType), "scan_type" }, { new StringContent(value), field }, { new ByteArrayContent(report), "file", name } };
        using var answer = await _http.PostAsync("import-scan/", form, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    private async Task<int> CountAsync(string query) => (await SendAsync("GET", $"findings/?{query}")).Body.GetProperty("count").GetInt32();

    private async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
