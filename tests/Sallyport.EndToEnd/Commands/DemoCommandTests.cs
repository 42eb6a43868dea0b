namespace Sallyport.EndToEnd.Commands;

public sealed class DemoCommandTests : IDisposable
{
    private readonly SallyportProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_tour_goes_through_and_says_what_it_did_in_plain_text()
    {
        var run = await _program.RunAsync("demo", "--once", "--listen", "127.0.0.1:0");

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.DoesNotContain("\u001b", run.Output);
        Assert.DoesNotContain("✗", run.Output);
        Assert.Contains("→ read_only", run.Output);
        Assert.Contains("an analyst says yes", run.Output);
        Assert.Contains("leaves a record that cannot be altered unseen", run.Output);
    }

    [Fact]
    public async Task With_the_lean_catalogue_the_agent_finds_its_tools_and_meets_the_same_rules()
    {
        var run = await _program.RunAsync("demo", "--once", "--listen", "127.0.0.1:0", "--catalog", "lean");

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.DoesNotContain("✗", run.Output);
        Assert.Contains("looks for the tools that it needs", run.Output);
        Assert.Contains("→ read_only", run.Output);
        Assert.Contains("an analyst says yes", run.Output);
    }

    [Theory]
    [InlineData("--mode", "rx")]
    [InlineData("--catalog", "all")]
    public async Task An_option_that_makes_no_sense_is_refused(string option, string value)
    {
        var run = await _program.RunAsync("demo", option, value);

        Assert.Equal(2, run.Code);
        Assert.StartsWith("sallyport: ", run.Error);
    }
}
