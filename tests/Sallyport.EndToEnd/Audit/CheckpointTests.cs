namespace Sallyport.EndToEnd.Audit;

/// <summary>What receivers elsewhere keep shows that the audit was cut: a real rsyslog, and a webhook behind HTTPS.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly SallyportProgram _program = new()
    {
        Variables = { ["AUDIT_HMAC_KEY"] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", ["HOOK_TOKEN"] = "token-of-the-webhook" },
    };

    public void Dispose() => _program.Dispose();

    private string Log => Path.Combine(_program.Folder, "audit.jsonl");

    [Fact]
    public async Task Checkpoints_that_a_real_rsyslog_kept_show_a_cut()
    {
        var port = Rsyslog.FreePort();
        await using var rsyslog = await Rsyslog.StartAsync(
            _program.Folder, $"module(load=\"imtcp\")\ninput(type=\"imtcp\" address=\"127.0.0.1\" port=\"{port}\")", port);
        Settings($"checkpoints: {{ syslog: 'tcp://127.0.0.1:{port}' }}");
        await _program.RunAsync("call", "first_tool");
        await _program.RunAsync("call", "second_tool");
        await rsyslog.UntilAsync(() => rsyslog.Lines.Distinct().Count() >= 4);

        Assert.All(rsyslog.Lines, line => Assert.Matches("\"event\":\"(start|checkpoint)\"", line));
        await CutIsSeenAsync(rsyslog.Output);
    }

    [Fact]
    public async Task Checkpoints_that_a_webhook_kept_show_a_cut_and_records_go_to_another_path_meanwhile()
    {
        using var authority = new TestAuthority(_program.Folder);
        await using var hook = await Webhook.StartAsync(authority);
        Settings($$$"""https: '{{{hook.Address}}}records', httpsCa: '{{{authority.Certificate}}}', httpsToken: '${env:HOOK_TOKEN}', checkpoints: { https: '{{{hook.Address}}}kept', httpsToken: '${env:HOOK_TOKEN}' }""");
        await _program.RunAsync("call", "first_tool");
        await _program.RunAsync("call", "second_tool");

        Assert.Equal(File.ReadAllLines(Log), hook.Records("/records"));
        Assert.Equal(4, hook.Records("/kept").Count);
        Assert.All(hook.Posts("/kept").Concat(hook.Posts("/records")), post => Assert.Equal("Bearer token-of-the-webhook", post.Authorization));
        var kept = Path.Combine(_program.Folder, "kept.jsonl");
        await File.WriteAllLinesAsync(kept, hook.Records("/kept"), TestContext.Current.CancellationToken);
        await CutIsSeenAsync(kept);
    }

    [Fact]
    public async Task A_webhook_that_is_not_trusted_is_told_nothing_and_gets_everything_once_it_is()
    {
        using var authority = new TestAuthority(_program.Folder);
        await using var hook = await Webhook.StartAsync(authority);
        Settings($"https: '{hook.Address}records'");
        await _program.RunAsync("call", "first_tool");
        Assert.Equal(0, hook.Asked);

        Settings($"https: '{hook.Address}records', httpsCa: '{authority.Certificate}'");
        await _program.RunAsync("call", "second_tool");

        Assert.Equal(File.ReadAllLines(Log), hook.Records("/records"));
    }

    [Fact]
    public async Task What_a_webhook_was_too_busy_for_arrives_in_order_with_the_next_start()
    {
        using var authority = new TestAuthority(_program.Folder);
        await using var hook = await Webhook.StartAsync(authority);
        Settings($"https: '{hook.Address}records', httpsCa: '{authority.Certificate}'");
        hook.Status = 503;
        await _program.RunAsync("call", "first_tool");
        Assert.Empty(hook.Records("/records"));
        Assert.NotEqual(0, hook.Asked);

        hook.Status = 200;
        await _program.RunAsync("call", "second_tool");

        Assert.Equal(File.ReadAllLines(Log), hook.Records("/records"));
    }

    /// <summary>All traces beside the log are gone, too, so that the log alone looks as good as new.</summary>
    private async Task CutIsSeenAsync(string kept)
    {
        var whole = await _program.RunAsync("audit", "verify", "--checkpoints", kept);
        Assert.True(whole.Code == 0, whole.Output + whole.Error);
        await File.WriteAllLinesAsync(Log, File.ReadAllLines(Log)[..4], TestContext.Current.CancellationToken);
        File.Delete(Log + ".chain");
        Assert.Equal(0, (await _program.RunAsync("audit", "verify")).Code);

        var cut = await _program.RunAsync("audit", "verify", "--checkpoints", kept);

        Assert.Equal(1, cut.Code);
        Assert.Contains($"broken: truncated at {kept}:4, record 4", cut.Output);
    }

    private void Settings(string audit) => _program.Write("sallyport.yaml", $"allowLoopbackUpstream: true\naudit: {{ file: '{Log}', {audit} }}\n");
}
