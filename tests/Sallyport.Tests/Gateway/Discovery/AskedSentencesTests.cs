using Sallyport.Connectors;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Discovery.Search;

namespace Sallyport.Tests.Gateway.Discovery;

public sealed class AskedSentencesTests
{
    private static readonly ILookup<string, string>[] Kept = [AskedSentences.Of(typeof(ToolListing).Assembly), AskedSentences.Of(typeof(BuiltInConnectors).Assembly)];

    private static ToolList Everything { get; } = AllPlatforms.Offer([]).Listing.For(Some.Caller("admin"));

    [Fact]
    public void Every_tool_that_does_something_has_some_and_every_one_is_for_a_tool_that_is_there()
    {
        var relays = Everything.Entries.Where(entry => entry.IsRelay || entry.IsAboutGate).Select(entry => entry.Name);

        Assert.Equal(
            Everything.Entries.Select(entry => entry.Name).Except(relays).Order(StringComparer.Ordinal),
            Kept.SelectMany(assembly => assembly.Select(tool => tool.Key)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void None_stands_there_twice()
        => Assert.Empty(All().GroupBy(sentence => sentence, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void None_is_among_those_by_which_the_search_is_judged()
        => Assert.Empty(All().Intersect(AnalystSentences.All().Select(sentence => sentence.Text), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Other_words_for_what_a_tool_does_find_it_although_it_does_not_use_them()
    {
        var found = Everything.Search("the maintenance is over, the paused rule of the EDR should fire again", 1);

        Assert.Equal("eset_edr_rule_enable", Assert.Single(found).Name);
    }

    [Fact]
    public void Connectors_of_an_assembly_that_keeps_none_have_none()
        => Assert.Empty(AskedSentences.Of(typeof(AskedSentencesTests).Assembly));

    private static IEnumerable<string> All() => Kept.SelectMany(assembly => assembly.SelectMany(tool => tool));
}
