namespace Sallyport.EndToEnd.Commands;

public sealed class AuditCommandTests : IDisposable
{
    private readonly SallyportProgram _program = new() { Variables = { ["AUDIT_HMAC_KEY"] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" } };

    public void Dispose() => _program.Dispose();

    private string File => Path.Combine(_program.Folder, "audit.jsonl");

    [Fact]
    public async Task A_refused_call_is_in_the_audit_which_is_intact_until_somebody_changes_it()
    {
        _program.Write("sallyport.yaml", $"audit: {{ file: '{File}' }}\n");
        var call = await _program.RunAsync("call", "no_such_tool");
        Assert.Equal(1, call.Code);
        Assert.Contains("\"code\":\"unknown_tool\"", call.Output);
        Assert.Contains("sallyport: Unknown tool.", call.Error);

        var shown = await _program.RunAsync("audit", "show");
        Assert.Contains("no_such_tool outcome=refused code=unknown_tool", shown.Output);
        var intact = await _program.RunAsync("audit", "verify");
        Assert.Equal(0, intact.Code);
        Assert.Contains("intact: ", intact.Output);

        await System.IO.File.WriteAllTextAsync(File, (await System.IO.File.ReadAllTextAsync(File, Cancel)).Replace("no_such_tool", "another_tool"), Cancel);
        var broken = await _program.RunAsync("audit", "verify", File, "--key-env", "AUDIT_HMAC_KEY");
        Assert.Equal(1, broken.Code);
        Assert.Contains($"broken: bad_hmac at {File}:2", broken.Output);
    }

    [Fact]
    public async Task Without_the_key_the_audit_cannot_be_vouched_for()
    {
        _program.Write("sallyport.yaml", $"audit: {{ file: '{File}' }}\n");
        await _program.RunAsync("call", "no_such_tool");
        _program.Variables.Remove("AUDIT_HMAC_KEY");

        var run = await _program.RunAsync("audit", "verify");

        Assert.Equal(1, run.Code);
        Assert.Contains("unverifiable", run.Output);
        Assert.Contains("--key-env", run.Error);
    }

    [Fact]
    public async Task Who_follows_the_audit_misses_nothing_when_its_file_is_set_aside()
    {
        _program.Write("sallyport.yaml", $"audit: {{ file: '{File}', rotateAfter: 1s }}\n");
        await _program.RunAsync("call", "tool_0");
        using var show = _program.Start("audit", "show", "--follow");
        try
        {
            var asked = 1;
            for (; Directory.GetFiles(_program.Folder, "audit.jsonl.*Z").Length < 2; asked++)
                await _program.RunAsync("call", $"tool_{asked}");

            List<string> shown = [];
            while (!shown.Contains($"tool_{asked - 1}") && await show.StandardOutput.ReadLineAsync(Cancel) is { } line)
            {
                if (line.Contains("outcome=refused", StringComparison.Ordinal))
                    shown.Add(line.Split(' ').Single(word => word.StartsWith("tool_", StringComparison.Ordinal)));
            }

            Assert.Equal(Enumerable.Range(0, asked).Select(number => $"tool_{number}"), shown);
            Assert.Equal(0, (await _program.RunAsync("audit", "verify")).Code);
        }
        finally
        {
            show.Kill();
        }
    }

    [Fact]
    public async Task A_changed_key_begins_a_chain_that_the_key_before_vouches_for()
    {
        _program.Write("sallyport.yaml", $"audit: {{ file: '{File}' }}\n");
        await _program.RunAsync("call", "first_tool");
        _program.Variables["OLD_KEY"] = _program.Variables["AUDIT_HMAC_KEY"];
        _program.Variables["AUDIT_HMAC_KEY"] = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
        _program.Write("sallyport.yaml", $"audit: {{ file: '{File}', previousKey: '${{env:OLD_KEY}}' }}\n");

        await _program.RunAsync("call", "second_tool");
        var both = await _program.RunAsync("audit", "verify");
        var shown = await _program.RunAsync("audit", "show");
        var cut = (await System.IO.File.ReadAllLinesAsync(File, Cancel)).Where((_, line) => line != 3);
        await System.IO.File.WriteAllLinesAsync(File, cut, Cancel);
        var missed = await _program.RunAsync("audit", "verify");

        Assert.True(both.Code == 0 && both.Output.Contains("in 2 chains", StringComparison.Ordinal), both.Output + both.Error);
        Assert.Contains("reason=key_changed", shown.Output);
        Assert.Equal(1, missed.Code);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
