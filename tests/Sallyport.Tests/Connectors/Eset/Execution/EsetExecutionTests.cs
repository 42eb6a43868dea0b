using Sallyport.Connectors.Eset;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.World;

namespace Sallyport.Tests.Connectors.Eset.Execution;

public sealed class EsetExecutionTests
{
    private const string List = "eset_devices_list";
    private const string Path = "/v1/devices";

    [Fact]
    public async Task A_throttled_read_is_repeated_three_times_and_then_said_to_be_throttled()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script(Path, FaultStep.Throttle(0), times: 9);

        var failure = await FailsAsync(range, List, "{}");

        Assert.Equal(UpstreamFailure.Throttled, failure.Failure);
        Assert.Equal(4, range.Running.Journal.To(Path).Count);
    }

    [Fact, Trait("defect", "D10")]
    public async Task Retry_after_is_kept_to_as_seconds_and_as_a_date_and_is_capped()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect();
        range.Running.Faults.Script(Path, FaultStep.Throttle(7));
        range.Running.Faults.Script(Path, FaultStep.ThrottleUntil(clock.GetUtcNow().AddSeconds(7 + 20)));
        range.Running.Faults.Script(Path, FaultStep.Throttle(86_400));

        var call = range.CallAsync(client, List, "{}");
        foreach (var wait in new[] { 7, 20, 60 })
        {
            await clock.TimerSetAsync(TimeSpan.FromSeconds(wait));
            clock.Advance(TimeSpan.FromSeconds(wait));
        }

        await call;
        Assert.Equal(4, range.Running.Journal.To(Path).Count);
    }

    [Fact, Trait("defect", "D11")]
    public async Task A_read_survives_a_server_error_and_a_dropped_connection()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script(Path, FaultStep.StatusRetryAfter(503, 0));
        range.Running.Faults.Script(Path, FaultStep.StatusRetryAfter(500, 0));

        await range.CallAsync(range.Connect(), List, "{}");

        Assert.Equal(3, range.Running.Journal.To(Path).Count);
    }

    [Fact]
    public async Task A_change_that_failed_on_their_side_is_sent_once()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script(Path, FaultStep.Status(500));

        var failure = await FailsAsync(range, "eset_device_rename", Rename(range));

        Assert.Equal(UpstreamFailure.Unavailable, failure.Failure);
        Assert.Single(range.Running.Journal.To(Path));
    }

    [Fact, Trait("defect", "D11")]
    public async Task A_change_that_was_sent_and_not_answered_may_have_happened()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script(Path, FaultStep.Reset(DropAt.AfterWork));

        Assert.Equal(UpstreamFailure.OutcomeUnknown, (await FailsAsync(range, "eset_device_rename", Rename(range))).Failure);
    }

    [Fact, Trait("defect", "D9")]
    public async Task A_redirect_and_a_sign_in_page_are_errors()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script(Path, FaultStep.Redirect("https://elsewhere.example/"));
        range.Running.Faults.Script(Path, FaultStep.Html());

        Assert.Equal(UpstreamFailure.InvalidResponse, (await FailsAsync(range, List, "{}")).Failure);
        Assert.Equal(UpstreamFailure.InvalidResponse, (await FailsAsync(range, List, "{}")).Failure);
    }

    [Fact, Trait("defect", "D12")]
    public async Task A_refusal_of_ESET_is_an_error_that_says_what_to_do_and_names_the_request()
    {
        await using var range = await EsetRange.StartAsync();

        var failure = await FailsAsync(range, "eset_device_get", """{"deviceUuid":"00000000-0000-4000-8000-000000000000"}""");

        Assert.Equal(UpstreamFailure.NotFound, failure.Failure);
        Assert.Matches("ESET's request id: [0-9a-f-]{36}", failure.Message);
        Assert.Contains("uuid", failure.Hint);
    }

    [Fact, Trait("defect", "D5")]
    public async Task A_path_argument_never_leaves_its_segment()
    {
        await using var range = await EsetRange.StartAsync();
        var client = range.Connect();
        var role = EsetTools.All.Single(tool => tool.Name == "eset_role_delete");
        foreach (var (name, sent) in new[] { ("x/../../v1/devices", "/v2/roles/x%2F..%2F..%2Fv1%2Fdevices"), ("a?b#c", "/v2/roles/a%3Fb%23c"), ("50%", "/v2/roles/50%25") })
        {
            Assert.Equal(sent, role.Operation!.Fill(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["roleName"] = name })).Path);
            Assert.Equal(UpstreamFailure.NotFound, (await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(client, role.Name, $$"""{"roleName":"{{name}}"}"""))).Failure);
        }

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => range.CallAsync(client, role.Name, """{"roleName":".."}"""));
        Assert.All(range.Running.Journal.Entries().Where(entry => entry.Method == "DELETE"), entry => Assert.StartsWith("/v2/roles/", entry.Path));
    }

    [Fact]
    public async Task A_change_that_answers_with_nothing_is_an_empty_object()
    {
        await using var range = await EsetRange.StartAsync();
        range.Running.Faults.Script("/v2/edr-rules", FaultStep.Bytes(ReadOnlyMemory<byte>.Empty, "application/json"));

        Assert.Equal("{}", (await range.CallAsync(range.Connect(), "eset_edr_rule_enable", $$"""{"ruleUuid":"{{Guid.Empty}}"}""")).GetRawText());
    }

    [Fact, Trait("defect", "D30")]
    public async Task A_download_comes_as_a_file_with_size_and_digest()
    {
        await using var range = await EsetRange.StartAsync();
        var samples = await new EsetSamples(range).LearnAsync();
        var tool = EsetTools.All.Single(tool => tool.Name == "eset_quarantine_objects_download");

        await using var content = await range.ContentAsync(range.Connect(), tool.Name, samples.Arguments(tool));

        var file = Assert.Single(content.Attachments);
        var result = (await EsetRange.JsonAsync(content)).GetProperty("file");
        Assert.Equal("application/zip", file.MimeType);
        Assert.Equal(file.Bytes.Length, result.GetProperty("sizeBytes").GetInt32());
        Assert.Equal(file.Sha256, result.GetProperty("sha256").GetString());
        Assert.Equal(file.Uri, result.GetProperty("uri").GetString());
    }

    [Fact, Trait("defect", "D30")]
    public async Task A_download_that_is_too_large_or_no_archive_is_refused()
    {
        await using var range = await EsetRange.StartAsync();
        const string Download = "eset_quarantine_matching_download";
        range.Controls.Archive = new byte[Sallyport.Connectors.Eset.Execution.FileAnswer.MaxBytes + 1];

        Assert.Equal(UpstreamFailure.TooLarge, (await FailsAsync(range, Download, "{}")).Failure);
        range.Controls.Archive = "<html>Sign in</html>"u8.ToArray();
        Assert.Equal(UpstreamFailure.InvalidResponse, (await FailsAsync(range, Download, "{}")).Failure);
    }

    [Fact, Trait("defect", "D22")]
    public async Task Requests_are_spaced_evenly_at_the_rate_that_ESET_allows()
    {
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect(range.Settings() with { RequestsPerSecond = 10 });
        var signedIn = range.CallAsync(client, List, "{}");
        await clock.TimerSetAsync(TimeSpan.FromMilliseconds(100));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await signedIn;
        var first = range.Running.Journal.Total;

        var calls = Enumerable.Range(0, 5).Select(_ => range.CallAsync(client, List, "{}")).ToList();
        for (var sent = 1; sent <= 5; sent++)
        {
            await clock.TimerSetAsync(TimeSpan.FromMilliseconds(100));
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(calls);
            calls.RemoveAll(call => call.IsCompleted);
            if (calls.Count > 0)
                Assert.True(range.Running.Journal.Total - first <= sent, $"{range.Running.Journal.Total - first} requests after {sent} tenths of a second");
        }

        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task The_access_token_of_the_proxy_goes_to_the_console_only()
    {
        await using var range = await EsetRange.StartAsync();
        range.Controls.AccessProxy = ("proxy-client", "proxy-secret-value");
        var access = new CloudflareToken(new Secret("proxy-client"), new Secret("proxy-secret-value"));

        await range.CallAsync(range.Connect(range.Settings(EsetDeployment.Onprem) with { CloudflareAccess = access }), List, "{}");
        Assert.All(range.Running.Journal.Entries(), entry => Assert.Equal("proxy-secret-value", entry.Headers["CF-Access-Client-Secret"]));
        var before = range.Running.Journal.Total;
        await range.CallAsync(range.Connect(range.Settings() with { CloudflareAccess = access }), List, "{}");

        Assert.All(range.Running.Journal.Entries(before), entry => Assert.False(entry.Headers.ContainsKey("CF-Access-Client-Secret")));
    }

    [Fact]
    public async Task Without_the_proxys_token_a_console_behind_it_is_a_redirect_and_so_an_error()
    {
        await using var range = await EsetRange.StartAsync();
        range.Controls.AccessProxy = ("proxy-client", "proxy-secret-value");

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(range.Connect(range.Settings(EsetDeployment.Onprem)), List, "{}"));

        Assert.Equal(UpstreamFailure.InvalidResponse, failure.Failure);
    }

    [Fact]
    public async Task A_device_is_renamed_at_the_consoles_own_path_and_in_the_cloud_at_the_clouds()
    {
        await using var range = await EsetRange.StartAsync();
        var id = range.World.Device(Cast.Victim).Id;

        await range.CallAsync(range.Connect(range.Settings(EsetDeployment.Onprem)), "eset_device_rename", Rename(range));
        var device = await range.CallAsync(range.Connect(), "device_devices__rename_device", Rename(range));

        Assert.Equal("ws-37-isolated", device.GetProperty("device").GetProperty("displayName").GetString());
        Assert.Equal([$"/v1/devices/{id}:renameDevice", $"/v1/devices/{id}:rename"], range.Running.Journal.To(Path).Select(entry => entry.Path));
    }

    [Fact]
    public async Task Loopback_is_not_dialled_unless_the_operator_said_so()
    {
        await using var range = await EsetRange.StartAsync();
        await using var client = new EsetClient(range.Settings(), range.Context(allowLoopback: false), new Sallyport.Connectors.Eset.Access.SignInGuard(range.Time));

        await Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(client, List, "{}"));

        Assert.Equal(0, range.Running.Journal.Connections);
    }

    [Fact]
    public async Task The_probe_signs_in_and_reads_one_row()
    {
        await using var range = await EsetRange.StartAsync();

        await new EsetConnector().ProbeAsync(range.Connect(), TestContext.Current.CancellationToken);

        Assert.Equal(["/oauth/token", "/v1/device_groups"], range.Running.Journal.Entries().Select(entry => entry.Path));
    }

    [Fact]
    public async Task What_was_read_is_noted_so_that_a_change_can_be_linked_to_it()
    {
        await using var range = await EsetRange.StartAsync();
        var context = new ToolContext("c", "contoso", range.Time);
        var id = range.World.Device(Cast.Victim).Id.ToString();
        var tool = EsetTools.All.Single(tool => tool.Name == "eset_device_get");

        await using var content = await tool.Handler(range.Connect(), System.Text.Encoding.UTF8.GetBytes($$"""{"deviceUuid":"{{id}}"}"""), context, TestContext.Current.CancellationToken);

        Assert.Equal([new ObjectRead("device", id)], context.Reads);
    }

    private static string Rename(EsetRange range) => $$"""{"deviceUuid":"{{range.World.Device(Cast.Victim).Id}}","displayName":"ws-37-isolated"}""";

    private static Task<UpstreamException> FailsAsync(EsetRange range, string tool, string arguments)
        => Assert.ThrowsAsync<UpstreamException>(() => range.CallAsync(range.Connect(), tool, arguments));
}
