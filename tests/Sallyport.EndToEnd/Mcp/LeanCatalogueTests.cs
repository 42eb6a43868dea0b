namespace Sallyport.EndToEnd.Mcp;

/// <summary>The official TypeScript client at the program as it ships, with the lean catalogue over all platforms.</summary>
public sealed class LeanCatalogueTests
{
    [Fact]
    public async Task A_client_finds_describes_and_calls_tools_within_the_budget_and_the_rules()
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");

        var (exit, output) = await Node.RunAsync(
            [Node.Script("lean.mjs"), .. SallyportProgram.Command, "demo", "--stdio", "--catalog", "lean"],
            TestContext.Current.CancellationToken);

        Assert.True(exit == 0, output);
        TestContext.Current.TestOutputHelper!.WriteLine(output);
        Assert.Contains("tokens (o200k_base)", output, StringComparison.Ordinal);
    }
}
