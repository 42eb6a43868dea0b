using Sallyport.Gateway.Discovery.Search;

namespace Sallyport.Tests.Gateway.Discovery;

public sealed class SynonymsTests
{
    [Theory]
    [InlineData("take it off the network", "take it isolate")]
    [InlineData("put it back on the network", "put it release")]
    [InlineData("switch it off, please", "switch disable, please")]
    [InlineData("kick off a scan", "start a scan")]
    [InlineData("how many, and how many of them", "count, and count of them")]
    [InlineData("seven uploads", "seven uploads")]
    [InlineData("overwrite one file", "overwrite one file")]
    [InlineData("", "")]
    public void A_phrase_stands_for_other_words_where_it_is_whole(string said, string meant) => Assert.Equal(meant, Synonyms.Phrased(said));
}
