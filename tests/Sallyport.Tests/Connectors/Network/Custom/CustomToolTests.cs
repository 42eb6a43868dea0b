using System.Text;
using Sallyport.Connectors.Network;
using Sallyport.Connectors.Network.Custom;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Network.Custom;

public sealed class CustomToolTests
{
    /// <summary>printf shows each argument it gets on a line of its own.</summary>
    private static readonly CustomToolSettings Show = new(
        "net_words_show", "Shows the words of its command line.", "printf",
        [
            new CustomOption("depth", "How deep.", "--depth", "[0-9]{1,2}"), new CustomOption("quick", "Hurry.", "--quick"),
            new CustomOption("word", "A word.", null, ".{1,20}", Required: true),
        ],
        FixedArguments: [@"%s\n"], EndOfOptions: true);

    [Fact]
    public async Task The_command_line_is_what_the_operator_laid_out()
    {
        var result = await RunAsync(Show, """{"target":"10.0.0.1","word":"a b;$(id)","quick":true,"depth":"3"}""");

        Assert.Equal("--depth\n3\n--quick\na b;$(id)\n--\n10.0.0.1\n", result.Stdout);
        Assert.Equal((0, "10.0.0.1"), (result.Returncode, result.Target));
    }

    [Fact]
    public async Task A_target_can_come_first_behind_an_option_or_not_at_all()
    {
        var first = Show with { Target = TargetPosition.First, TargetOption = "--host", EndOfOptions = false };
        var none = Show with { Target = TargetPosition.None, EndOfOptions = false };

        Assert.Equal("--host\n10.0.0.1\nx\n", (await RunAsync(first, """{"target":"10.0.0.1","word":"x"}""")).Stdout);
        Assert.Equal("x\n", (await RunAsync(none, """{"word":"x","quick":false}""")).Stdout);
    }

    [Theory]
    [InlineData("""{"target":"8.8.8.8","word":"x"}""", "outside the allowed targets")]
    [InlineData("""{"target":"10.0.0.0/24","word":"x"}""", "limit is 1")]
    [InlineData("""{"target":"10.0.0.1"}""", "word is required")]
    [InlineData("""{"word":"x"}""", "target is required")]
    [InlineData("""{"target":"10.0.0.1","word":"x","depth":"123"}""", "depth must match")]
    [InlineData("""{"target":"10.0.0.1","word":"x","depth":"1\n"}""", "depth must match")]
    [InlineData("""{"target":"10.0.0.1","word":"x","command":"id"}""", "command")]
    [InlineData("""{"target":"10.0.0.1","word":"-rf"}""", "begin with '-'")]
    [InlineData("""{"target":"10.0.0.1","word":"a\tb"}""", "control character")]
    public async Task What_the_operator_did_not_allow_starts_nothing(string arguments, string reason)
    {
        var thrown = await Assert.ThrowsAsync<InvalidArgumentsException>(() => RunAsync(Show, arguments));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exit_code_that_is_no_answer_is_a_failure()
    {
        var nothing = new CustomToolSettings("net_nothing_do", "Does nothing, and fails at it.", "false", Target: TargetPosition.None);

        Assert.Equal(UpstreamFailure.Rejected, (await Assert.ThrowsAsync<UpstreamException>(() => RunAsync(nothing, "{}"))).Failure);
        Assert.Equal(1, (await RunAsync(nothing with { AnswerExitCodes = [0, 1] }, "{}")).Returncode);
    }

    [Theory]
    [InlineData("""{"name":"net_a","description":"Runs a shell.","program":"sh"}""", "customTools[0].program", "runs other programs")]
    [InlineData("""{"name":"net_a","description":"Runs a shell.","program":"/bin/bash"}""", "customTools[0].program", "runs other programs")]
    [InlineData("""{"name":"net_a","description":"Runs anything.","program":"env"}""", "customTools[0].program", "runs other programs")]
    [InlineData("""{"name":"net_a","description":"Is not there.","program":"no-such-program"}""", "customTools[0].program", "not installed")]
    [InlineData("""{"name":"net_a","description":"Is relative.","program":"../bin/true"}""", "customTools[0].program", "neither a program name")]
    [InlineData("""{"name":"net_ports_scan","description":"Has a taken name.","program":"true"}""", "customTools[0].name", "another tool")]
    [InlineData("""{"name":"net_a","description":"Has a bad pattern.","program":"true","options":[{"name":"x","description":"x","pattern":"("}]}""", "customTools[0].options[0].pattern", "regular expression")]
    [InlineData("""{"name":"net_a","description":"Has an empty option.","program":"true","options":[{"name":"x","description":"x"}]}""", "customTools[0].options[0]", "flag, a pattern")]
    [InlineData("""{"name":"net_a","description":"Has two of a name.","program":"true","options":[{"name":"target","description":"x","flag":"-x"}]}""", "customTools[0].options[0].name", "another argument")]
    [InlineData("""{"name":"net_a","description":"Has no target.","program":"true","target":"none","targetOption":"--host"}""", "customTools[0].targetOption", "needs a target")]
    [InlineData("""{"name":"net_a","description":"Ends options early.","program":"true","target":"first","endOfOptions":true}""", "customTools[0].endOfOptions", "last")]
    public void A_tool_that_cannot_be_held_to_its_rules_is_found_at_the_start(string tool, string path, string message)
    {
        var connector = new NetworkConnector();
        var settings = Encoding.UTF8.GetBytes($$"""{"customTools":[{{tool}}]}""");
        Assert.Empty(connector.Settings.Schema.Validate(settings));

        var error = Assert.Single(connector.Settings.Check(connector.Settings.Read(settings)));

        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"rm_all","description":"Has another prefix.","program":"true"}""")]
    [InlineData("""{"name":"net_a","description":"Has a strange flag.","program":"true","options":[{"name":"x","description":"x","flag":"x; id"}]}""")]
    [InlineData("""{"name":"net_a","description":"Has an unknown key.","program":"true","shell":true}""")]
    public void What_is_not_in_the_schema_is_not_taken(string tool)
        => Assert.NotEmpty(new NetworkConnector().Settings.Schema.Validate(Encoding.UTF8.GetBytes($$"""{"customTools":[{{tool}}]}""")));

    [Fact]
    public async Task Only_the_tenant_that_defines_a_tool_shows_it_and_has_it()
    {
        var connector = new NetworkConnector();
        await using var gateway = await TestGateway.StartAsync(
            [connector],
            [Gateway.Some.Tenant(connector.Id, new NetworkSettings(CustomTools: [Show]), "with"), Gateway.Some.Tenant(connector.Id, new NetworkSettings(), "without")]);
        var (with, without) = (gateway.Caller with { Role = "scanner", Tenants = ["with"] }, gateway.Caller with { Role = "scanner", Tenants = ["without"] });

        Assert.Contains(gateway.Listing.For(with).Entries, entry => entry.Name == Show.Name);
        Assert.DoesNotContain(gateway.Listing.For(without).Entries, entry => entry.Name == Show.Name);
        gateway.Caller = with;
        Assert.Equal("x", (await gateway.ResultAsync(Show.Name, """{"target":"10.0.0.1","word":"x"}""")).GetProperty("argv")[1].GetString());
        gateway.Caller = without;
        Assert.Equal(ErrorCode.TenantUnknown, (await gateway.CallAsync(Show.Name, """{"target":"10.0.0.1","word":"x"}""")).Problem!.Code);
    }

    [Fact]
    public async Task A_custom_tool_that_writes_is_refused_on_a_read_only_tenant()
    {
        var connector = new NetworkConnector();
        var writing = Show with { Access = CustomAccess.Write };
        await using var gateway = await TestGateway.StartAsync(
            [connector], [Gateway.Some.Tenant(connector.Id, new NetworkSettings(CustomTools: [writing]), readOnly: true)]);
        gateway.Caller = gateway.Caller with { Role = "admin" };

        var outcome = await gateway.CallAsync(writing.Name, """{"target":"10.0.0.1","word":"x"}""");

        Assert.Equal(ErrorCode.ReadOnly, outcome.Problem!.Code);
        Assert.Equal(ToolAccess.Write, connector.ToolsOf(new NetworkSettings(CustomTools: [writing]))[0].Access);
    }

    private static async Task<CustomResult> RunAsync(CustomToolSettings tool, string arguments)
    {
        await using var client = FakeNmap.Client(ProgramFinder.System, new NetworkSettings(CustomTools: [tool]));
        return await client.RunCustomAsync(tool.Name, Encoding.UTF8.GetBytes(arguments), default);
    }
}
