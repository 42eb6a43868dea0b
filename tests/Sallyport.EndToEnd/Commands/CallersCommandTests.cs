using System.Security.Cryptography;
using System.Text;

namespace Sallyport.EndToEnd.Commands;

public sealed class CallersCommandTests : IDisposable
{
    private readonly SallyportProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_entry_holds_the_digest_only_and_can_be_pasted_as_it_is()
    {
        var run = await _program.RunAsync("callers", "add", "soc-agent", "--role", "scanner");

        var token = run.Error.Split('\n')[0].Split(": ")[1].Trim();
        Assert.DoesNotContain(token, run.Output);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), run.Output);
        _program.Write("sallyport.yaml", "callers:\n" + run.Output);
        var shown = await _program.RunAsync("config", "show");
        Assert.Contains("callers[0].role: \"scanner\"", shown.Output);
    }
}
