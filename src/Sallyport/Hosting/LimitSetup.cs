using Sallyport.Configuration.Sections;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Hosting;

/// <summary>Turns the limits an operator wrote into those that the gates hold callers to.</summary>
internal static class LimitSetup
{
    private const string Off = "off";
    private const int BytesPerToken = 4;

    public static CallLimits Of(LimitSettings limits) => new(Read(limits.Mutations)!, Read(limits.OpenAccessMutations)!)
    {
        Calls = Read(limits.Calls),
        Tools = [.. (limits.Tools ?? []).Select(rate => new ToolRate(rate.Tool, Read(rate.Rate)))],
        Repeats = Read(limits.Repeats),
        OutputBytes = Read(limits.OutputTokens) is { } tokens ? tokens with { Count = checked(tokens.Count * BytesPerToken) } : null,
    };

    /// <summary>Null where there is no limit.</summary>
    public static RateLimit? Read(string? text)
    {
        if (text is null or Off)
            return null;
        var (count, window) = Rate.Parse(text);
        return new RateLimit(count, window);
    }

    /// <summary>Zero sets no limit of ours; the shaper keeps its own.</summary>
    public static ResponseLimits Responses(LimitSettings limits) => new(
        limits.ResponseBytes == 0 ? Gateway.Shaping.ShapeOptions.LargestBudget : limits.ResponseBytes,
        limits.ResponseTokens == 0 ? int.MaxValue : limits.ResponseTokens);
}
