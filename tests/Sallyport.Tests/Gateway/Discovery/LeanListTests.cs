using System.Text.Json;

namespace Sallyport.Tests.Gateway.Discovery;

/// <summary>The lean list stays small enough for a model, whatever platforms a gate has, and hides nothing that can be used.</summary>
public sealed class LeanListTests
{
    private const int MostTools = 15;
    private const int MostTokens = 5_000;

    /// <summary>No tokenizer package restores here; JSON of this kind has more than four bytes to a token. A client counts real ones in the whole-process tests.</summary>
    private const int BytesPerToken = 4;

    [Fact]
    public void It_holds_at_most_fifteen_tools_and_five_thousand_tokens_over_all_platforms()
    {
        var list = AllPlatforms.Offer([], ("catalog", "lean")).Listing.For(Some.Caller("admin"));

        TestContext.Current.TestOutputHelper!.WriteLine($"{list.Listed.Count} tools, {list.Utf8.Length} bytes, about {list.Utf8.Length / BytesPerToken} tokens");
        Assert.InRange(list.Listed.Count, 3, MostTools);
        Assert.InRange(list.Utf8.Length, 1, MostTokens * BytesPerToken);
        Assert.All(list.Listed, entry => Assert.True(entry.Tool.IsLean));
        Assert.Superset(new HashSet<string> { "tools_find", "tools_describe", "tools_call" }, list.Listed.Select(entry => entry.Name).ToHashSet());
    }

    [Fact]
    public async Task Tools_that_are_not_listed_are_called_by_name_all_the_same()
    {
        await using var gate = await TestGateway.StartAsync(TestConnector.Reading());

        Assert.Equal(JsonValueKind.Array, (await gate.ResultAsync("test_things_list")).GetProperty("things").ValueKind);
    }

    [Fact]
    public void A_caller_who_can_change_nothing_is_told_that_calling_changes_nothing()
    {
        var offer = AllPlatforms.Offer([], ("catalog", "lean"));

        Assert.True(Hint(offer.Listing.For(Some.Caller("reader")).Utf8).GetProperty("readOnlyHint").GetBoolean());
        Assert.True(Hint(offer.Listing.For(Some.Caller("writer")).Utf8).GetProperty("destructiveHint").GetBoolean());

        static JsonElement Hint(ReadOnlyMemory<byte> list)
            => JsonElement.Parse(list.Span).EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == "tools_call").GetProperty("annotations");
    }
}
