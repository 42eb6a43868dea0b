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

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
