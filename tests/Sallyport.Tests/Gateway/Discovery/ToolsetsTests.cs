using System.Text.Json;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Discovery;

/// <summary>The full list stays shorter than clients can bear, in one order, and what it leaves out can still be used.</summary>
public sealed class ToolsetsTests
{
    /// <summary>Room for the investigations and for tools that settings define.</summary>
    private const int MostListed = 127;

    public static TheoryData<string> EachAndAll => [.. AllPlatforms.Names, string.Join(',', AllPlatforms.Names)];

    [Theory]
    [MemberData(nameof(EachAndAll))]
    public void Fewer_than_128_tools_are_listed_by_default(string platforms)
    {
        var list = AllPlatforms.Offer(platforms.Split(',')).Listing.For(Some.Caller("admin"));

        TestContext.Current.TestOutputHelper!.WriteLine($"{platforms}: {list.Listed.Count} of {list.Entries.Count} tools listed, {list.Utf8.Length} bytes");
        Assert.InRange(list.Listed.Count, 10, MostListed);
    }

    [Fact]
    public void A_gate_with_one_platform_lists_all_of_its_tools()
        => Assert.All(AllPlatforms.Names, platform =>
        {
            var list = AllPlatforms.Offer([platform]).Listing.For(Some.Caller("admin"));
            Assert.Equal(list.Entries.Where(entry => !entry.IsAboutGate).Select(entry => entry.Name), list.Listed.Select(entry => entry.Name));
        });

    [Fact]
    public void Toolsets_are_listed_and_hidden_by_name_and_pattern()
    {
        Assert.Empty(Hidden(("toolsets.show", "*")));
        var shown = Hidden(("toolsets.show", "eset-policies,eset-edr"));
        Assert.DoesNotContain("eset-policies", shown);
        Assert.Contains("eset-mobile", shown);
        Assert.Contains("vectra-entities", Hidden(("toolsets.hide", "vectra-*")));
        Assert.Contains("eset-edr", Hidden(("toolsets.show", "eset-*"), ("toolsets.hide", "eset-edr")));
        Assert.Equal(["vectra-investigations"], AllPlatforms.Offer(["vectra"], ("toolsets.hide", "*-investigations")).Listing.Toolsets.Hidden);
    }

    [Fact]
    public void A_hidden_tool_is_found_by_words_by_its_name_and_by_the_reference_servers_name()
    {
        var offer = AllPlatforms.Offer([]);
        var list = offer.Listing.For(Some.Caller("admin"));
        var hidden = list.Entries.Single(entry => entry.Name == "eset_edr_rule_disable");

        Assert.DoesNotContain(hidden, list.Listed);
        Assert.Contains(list.Listed, entry => entry.Name == DiscoveryTools.Find);
        Assert.Same(hidden, list.Search("disable an EDR rule", 1).Single());
        Assert.Same(hidden, offer.Catalog.Find("eset_edr_rule_disable"));
        Assert.Same(hidden, offer.Catalog.Find(hidden.Tool.Alias!));
        Assert.DoesNotContain(offer.Listing.For(Some.Caller("reader")).Entries, entry => entry.Name == hidden.Name);
    }

    [Fact]
    public void What_is_excluded_is_no_tool_of_this_gate_and_says_so()
    {
        var offer = AllPlatforms.Offer([], ("tools.exclude", "NmapTool,defectdojo_scan_*"));

        Assert.Null(offer.Catalog.Find("net_ports_scan"));
        Assert.Null(offer.Catalog.Find("NmapTool"));
        Assert.Null(offer.Catalog.Find("defectdojo_scan_import"));
        Assert.Equal("The operator does not offer this tool.", offer.Catalog.ReasonFor("net_ports_scan"));
        Assert.Null(offer.Catalog.ReasonFor("net_ports_invent"));
    }

    [Fact]
    public void Only_what_is_included_is_offered_besides_the_search()
    {
        var offer = AllPlatforms.Offer([], ("tools.include", "net_*,list_detections_with_details"));

        Assert.All(offer.Catalog.Entries, entry => Assert.True(
            entry.IsAboutGate || entry.Name == "vectra_detections_list" || entry.Name.StartsWith("net_", StringComparison.Ordinal), entry.Name));
        Assert.NotNull(offer.Catalog.Find("vectra_detections_list"));
        Assert.NotNull(offer.Catalog.Find(DiscoveryTools.Find));
    }

    [Fact]
    public void Every_list_is_in_the_same_order_and_the_same_bytes_every_time()
    {
        var one = AllPlatforms.Offer([]).Listing.For(Some.Caller("writer"));
        var two = AllPlatforms.Offer([]).Listing.For(Some.Caller("writer"));

        Assert.Equal(one.Utf8, two.Utf8);
        Assert.Equal(one.Listed.Select(entry => entry.Name), JsonElement.Parse(one.Utf8.Span).EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
    }

    [Fact]
    public void The_gates_own_arguments_are_explained_once_and_not_in_every_schema()
    {
        var offer = AllPlatforms.Offer([], ("tenants.fabrikam.network.allowedTargets", "RFC1918"));
        var schemas = offer.Catalog.Entries.Where(entry => !entry.IsAboutGate).Select(entry => entry.Schema.Root.Properties.Where(property => !entry.Tool.Input.Root.Properties.ContainsKey(property.Key)));
        var instructions = Instructions.For(hasSeveralTenants: true, offer.Listing.Toolsets);

        Assert.All(schemas.SelectMany(added => added), added => Assert.Null(added.Value.Description));
        Assert.All([GateArgument.Tenant, GateArgument.Fields, GateArgument.Cursor, GateArgument.Approval, DiscoveryTools.Find], name => Assert.Contains(name, instructions, StringComparison.Ordinal));
    }

    private static IReadOnlySet<string> Hidden(params (string Path, string Value)[] more) => AllPlatforms.Offer([], more).Listing.Toolsets.Hidden;
}
