using System.Globalization;
using Sallyport.Gateway.Discovery;

namespace Sallyport.Tests.Gateway.Discovery;

/// <summary>Analysts' sentences, each with the tool that does it: how often the search puts that tool first, and among the first five.</summary>
public sealed class FindAccuracyTests
{
    private const double FirstGoal = 0.80;
    private const double FirstFiveGoal = 0.97;
    private const int Fewest = 150;

    private static ToolList Everything { get; } = AllPlatforms.Offer([]).Listing.For(Some.Caller("admin"));

    [Fact]
    public void The_right_tool_is_first_in_four_of_five_sentences_and_among_the_first_five_in_nearly_all()
    {
        var sentences = AnalystSentences.All().Where(sentence => sentence.Tools.Any(tool => Everything.Find(tool) is not null)).ToList();
        var ranks = sentences.Select(sentence => (sentence.Text, sentence.Tools, Rank: RankOf(sentence.Text, sentence.Tools))).ToList();
        var first = ranks.Count(one => one.Rank == 1) / (double)ranks.Count;
        var firstFive = ranks.Count(one => one.Rank is > 0 and <= 5) / (double)ranks.Count;

        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ranks.Count} sentences, {Everything.Entries.Count} tools: first {first:P1}, in the first five {firstFive:P1}"));
        foreach (var (text, tools, rank) in ranks.Where(one => one.Rank != 1).OrderByDescending(one => one.Rank == 0 ? int.MaxValue : one.Rank))
            output.WriteLine($"{rank,3}  {text}  [{string.Join('|', tools)}]  {string.Join(", ", Everything.Search(text, 5).Select(entry => entry.Name))}");
        Assert.True(ranks.Count >= Fewest);
        Assert.True(first >= FirstGoal, $"first: {first:P1}");
        Assert.True(firstFive >= FirstFiveGoal, $"in the first five: {firstFive:P1}");
    }

    [Fact]
    public void Every_tool_named_in_the_sentences_exists_and_every_platform_has_some()
    {
        var tools = AnalystSentences.All().SelectMany(sentence => sentence.Tools).ToList();

        Assert.All(tools, tool => Assert.True(Everything.Find(tool) is not null, tool));
        Assert.All(AllPlatforms.Names, platform => Assert.True(tools.Count(tool => Everything.Find(tool)!.Connector.Id == platform) >= 10, platform));
    }

    [Fact]
    public void The_same_words_give_the_same_tools_in_the_same_order()
    {
        var again = AllPlatforms.Offer([]).Listing.For(Some.Caller("admin"));

        Assert.All(AnalystSentences.All().Take(30), sentence => Assert.Equal(
            Everything.Search(sentence.Text, 20).Select(entry => entry.Name), again.Search(sentence.Text, 20).Select(entry => entry.Name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("the of and")]
    [InlineData("zzzz qqqq")]
    [InlineData("\"'%_*?\\ <script> \u202e 💥")]
    public void Words_that_mean_nothing_find_nothing(string words) => Assert.DoesNotContain(Everything.Search(words, 5), entry => entry.Tool.IsDestructive);

    private static int RankOf(string text, string[] tools)
        => 1 + Everything.Search(text, 30).Select(entry => entry.Name).ToList().FindIndex(name => tools.Contains(name));
}
