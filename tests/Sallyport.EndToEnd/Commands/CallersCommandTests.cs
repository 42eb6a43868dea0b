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

    [Fact]
    public async Task A_caller_is_saved_lets_its_token_in_and_is_removed_while_the_rest_of_the_file_stays()
    {
        const string Before = """
            # who may call
            callers:
              # the analyst
              - name: analyst
                tokenSha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                role: approver

            tenants: { default: { network: { allowedTargets: [loopback] } } }   # one only
            """;
        var file = _program.Write("sallyport.yaml", Before);

        var added = await _program.RunAsync("callers", "add", "soc-agent", "--role", "scanner", "--save");
        var token = added.Error.Split('\n').Single(line => line.StartsWith("Token", StringComparison.Ordinal)).Split(": ")[1].Trim();
        var listed = await _program.RunAsync("callers", "list");
        var again = await _program.RunAsync("callers", "add", "soc-agent", "--save");
        var removed = await _program.RunAsync("callers", "remove", "soc-agent");
        var twice = await _program.RunAsync("callers", "remove", "soc-agent");

        Assert.Equal(0, added.Code);
        Assert.Equal(["soc-agent\tscanner\t*\ttoken by its digest", "analyst\tapprover\t*\ttoken by its digest"], listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(token, listed.Output + listed.Error);
        Assert.Equal((2, 0, 1), (again.Code, removed.Code, twice.Code));
        Assert.Equal(Before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(file + ".new"));
    }

    [Theory]
    [InlineData("", "list of nobody")]
    [InlineData("mode: ro\n", "no list")]
    public async Task Where_there_is_no_caller_yet_the_first_is_saved(string before, string what)
    {
        _program.Write("sallyport.yaml", before);

        var added = await _program.RunAsync("callers", "add", "soc-agent", "--save");
        var listed = await _program.RunAsync("callers", "list");
        var removed = await _program.RunAsync("callers", "remove", "soc-agent");

        Assert.True((added.Code, removed.Code) == (0, 0), $"{what}: {added.Error} {removed.Error}");
        Assert.StartsWith("soc-agent\treader", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_in_one_line_is_left_alone()
    {
        const string Before = "callers: [ { name: a, token: \"${env:T}\" } ]\n";
        _program.Variables["T"] = "token-of-somebody-0123456789";
        var file = _program.Write("sallyport.yaml", Before);

        var added = await _program.RunAsync("callers", "add", "soc-agent", "--save");
        var removed = await _program.RunAsync("callers", "remove", "a");

        Assert.Equal((1, 1), (added.Code, removed.Code));
        Assert.Equal(Before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }
}
