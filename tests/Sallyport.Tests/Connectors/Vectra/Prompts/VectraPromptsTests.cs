using Sallyport.Connectors.Vectra;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Vectra.Prompts;

public sealed class VectraPromptsTests
{
    private static readonly VectraConnector Connector = new();

    [Fact]
    public void Both_prompts_are_there_under_our_name_and_under_the_reference_servers()
        => Assert.Equal(
            [("summarize_detection", "Summarize Detection"), ("visualize_entity_detections", "Visualize Entity Detections")],
            Connector.Prompts.Select(prompt => (prompt.Name, prompt.Alias!)));

    [Fact]
    public void They_speak_only_of_tools_that_exist()
    {
        var tools = Connector.Tools.Select(tool => tool.Name).ToHashSet();

        Assert.All(Connector.Prompts, prompt => Assert.Subset(tools, prompt.Tools.ToHashSet()));
    }

    [Fact]
    public void A_summary_asks_for_one_table_with_nine_columns()
    {
        var text = Render("summarize_detection", ("detection_id", "1933"));

        foreach (var column in new[] { "1933", "Detection ID", "Threat Type", "Affected Entity", "Targeted Resources", "Detection Time", "Status", "Assignment Status", "Summary", "Platform Links" })
            Assert.Contains(column, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "dark")]
    [InlineData("light", "light")]
    public void A_graph_is_dark_unless_it_is_to_be_light(string? given, string theme)
    {
        var text = given is null ? Render("visualize_entity_detections", ("entity_id", "334")) : Render("visualize_entity_detections", ("entity_id", "334"), ("graph_theme", given));

        Assert.Contains($"in a {theme} theme", text, StringComparison.Ordinal);
        Assert.Contains("entity 334", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summarize_detection", "detection_id", "")]
    [InlineData("summarize_detection", "detection_id", "0")]
    [InlineData("summarize_detection", "detection_id", "1; drop")]
    [InlineData("summarize_detection", "id", "1")]
    [InlineData("visualize_entity_detections", "entity_id", "None")]
    [InlineData("visualize_entity_detections", "graph_theme", "dark")]
    public void An_argument_that_makes_no_sense_is_refused(string prompt, string name, string value)
        => Assert.Throws<InvalidArgumentsException>(() => Render(prompt, (name, value)));

    [Theory]
    [InlineData("graph_theme", "sepia")]
    [InlineData("entity_type", "user")]
    public void A_word_that_is_not_offered_is_refused(string name, string value)
        => Assert.Throws<InvalidArgumentsException>(() => Render("visualize_entity_detections", ("entity_id", "1"), (name, value)));

    private static string Render(string name, params (string Name, string Value)[] arguments)
        => Connector.Prompts.Single(prompt => prompt.Name == name).Render(arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
}
