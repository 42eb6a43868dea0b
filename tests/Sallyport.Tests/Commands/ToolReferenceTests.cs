using System.Text.Json;
using Sallyport.Commands.Tools;
using Sallyport.Configuration;
using Sallyport.Connectors;
using Sallyport.Hosting;

namespace Sallyport.Tests.Commands;

/// <summary>What the repository says about the tools is what the program offers.</summary>
public sealed class ToolReferenceTests
{
    [Fact]
    public void The_reference_of_the_tools_is_up_to_date()
    {
        var now = ToolJson.Reference(Everything());

        Assert.True(now == File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "reference", "tools.json")), "docs/reference/tools.json is out of date; 'make docs' writes it anew.");
        Assert.All(JsonElement.Parse(now).GetProperty("tools").EnumerateArray(), tool => Assert.True(
            tool.GetProperty("name").GetString()!.Length <= 53 && tool.GetProperty("description").GetString()!.Length > 10 && tool.TryGetProperty("toolset", out _), tool.ToString()));
    }

    /// <summary>Every tool of the build, as the generated files have it.</summary>
    internal static GatewayOffer Everything()
    {
        var loaded = new SettingsSource(new SettingsInputs(BuiltInConnectors.All, new Dictionary<string, string> { ["REFERENCE_SECRET"] = "none" }, AppContext.BaseDirectory) { File = Path.Combine(RepositoryRoot.Path, "eng", "reference.yaml") }).Load();
        Assert.True(loaded.Settings is not null, string.Join('\n', loaded.Problems));
        return GatewayBuilder.Offer(loaded.Settings, BuiltInConnectors.All, static _ => true);
    }
}
