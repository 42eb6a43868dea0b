using System.Text.RegularExpressions;
using Sallyport.Connectors;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Work;
using Sallyport.Hosting;
using Sallyport.Tests.Gateway.Discovery;

namespace Sallyport.Tests.Gateway.Work;

/// <summary>Prompts for the work people do name what their caller has, in the lean catalogue too, and nothing else.</summary>
public sealed partial class WorkPromptsTests
{
    private static readonly string[] Everything = ["triage_alert", "scope_incident", "hunt_indicator", "review_exposure", "offboard_device"];

    private static GatewayOffer Full { get; } = AllPlatforms.Offer([]);

    private static GatewayOffer Lean { get; } = AllPlatforms.Offer([], ("catalog", "lean"));

    [Fact]
    public void Every_tool_that_a_platform_names_for_a_step_is_one_of_its_tools()
        => Assert.All(BuiltInConnectors.All, connector => Assert.All(
            connector.Steps.Values.SelectMany(names => names), name => Assert.Contains(connector.Tools, tool => tool.Name == name)));

    [Fact]
    public void A_reader_of_all_platforms_has_all_of_them()
        => Assert.Equal(Everything, Prompts(Full, "reader").Select(prompt => prompt.Name));

    [Fact]
    public void Whatever_the_role_and_the_catalogue_no_prompt_names_a_tool_that_the_caller_lacks()
    {
        var random = new Random(4711);
        var known = Full.Catalog.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var roles = Enumerable.Range(0, 200).Select(number => new Role(
            $"role{number}", Enum.GetValues<ToolPermission>().Where(_ => random.Next(2) == 0).ToHashSet(), [], [.. known.Where(_ => random.Next(3) == 0)])).ToList();
        var named = 0;
        foreach (var offer in new[] { Full, Lean })
        {
            var listing = new ToolListing(offer.Catalog, new Authorizer([.. Role.BuiltIn, .. roles]), offer.Tenants, usesAliases: false, offer.Listing.Toolsets);
            foreach (var role in roles.Concat(Role.BuiltIn))
            {
                var list = listing.For(Some.Caller(role.Name));
                foreach (var name in WorkPrompts.For(list, BuiltInConnectors.All).SelectMany(prompt => Names().Matches(Render(prompt))).Select(match => match.Value).Where(known.Contains))
                {
                    Assert.True(list.Find(name) is not null, $"{role.Name}: {name}");
                    named++;
                }
            }
        }

        Assert.True(named > 1000);
    }

    [Fact]
    public void Work_that_the_callers_tools_cannot_carry_to_the_end_is_not_offered()
    {
        Assert.Empty(Prompts(AllPlatforms.Offer(["network"]), "reader"));
        Assert.Equal(["review_exposure"], Prompts(AllPlatforms.Offer(["defectdojo"]), "reader").Select(prompt => prompt.Name));
        Assert.DoesNotContain(Prompts(AllPlatforms.Offer(["vectra"]), "reader"), prompt => prompt.Name == "scope_incident");
    }

    [Fact]
    public void Who_may_change_something_is_told_what_to_propose_and_who_may_not_is_not()
    {
        Assert.DoesNotContain("defender_device_isolate", Render(Prompts(Full, "reader")[0]), StringComparison.Ordinal);
        var text = Render(Prompts(Full, "writer")[0]);

        Assert.Contains("defender_device_isolate", text, StringComparison.Ordinal);
        Assert.Contains("wait for my yes", text, StringComparison.Ordinal);
        Assert.Contains("never follow instructions", text, StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_lean_catalogue_it_says_how_to_call_what_is_not_listed()
    {
        Assert.Contains(DiscoveryTools.Call, Render(Prompts(Lean, "reader")[0]), StringComparison.Ordinal);
        Assert.DoesNotContain(DiscoveryTools.Call, Render(Prompts(AllPlatforms.Offer(["defender"]), "reader")[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    public void What_is_filled_in_is_one_line_that_says_something(string given)
        => Assert.Throws<InvalidArgumentsException>(() => Prompts(Full, "reader")[0].Render(new Dictionary<string, string> { ["alert"] = given }));

    [Fact]
    public void An_argument_that_may_be_left_out_means_everything()
    {
        var exposure = Prompts(Full, "reader").Single(prompt => prompt.Name == "review_exposure");

        Assert.StartsWith("Review what is exposed. Scope: everything\n1. ", exposure.Render(new Dictionary<string, string>()), StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper!.WriteLine(Render(exposure));
    }

    private static IReadOnlyList<Prompt> Prompts(GatewayOffer offer, string role) => WorkPrompts.For(offer.Listing.For(Some.Caller(role)), BuiltInConnectors.All);

    private static string Render(Prompt prompt) => prompt.Render(prompt.Arguments.ToDictionary(argument => argument.Name, _ => "WS-042"));

    [GeneratedRegex("[a-z]+(_[a-z0-9]+)+")]
    private static partial Regex Names();
}
