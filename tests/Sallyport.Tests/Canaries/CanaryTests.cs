using System.Collections.Concurrent;
using Sallyport.Configuration.Sections;
using Sallyport.Core.Tools;
using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Canaries;

/// <summary>No secret, question or answer of a platform leaves the gate where it has no business, whatever goes wrong.</summary>
[Collection(TraceListeners.Name)]
public sealed class CanaryTests
{
    /// <summary>Most of the time is spent waiting for retries.</summary>
    private const int RangesAtOnce = 6;

    private const int CallsAtOnce = 16;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_tool_keeps_its_secrets_when_all_goes_well() => CheckAsync([LogFormat.Json, LogFormat.Text], async format =>
    {
        await using var range = await CanaryRange.StartAsync(format, Cancel);
        await CallAsync(range, range.Tools);
        return await LeaksAsync(range);
    });

    [Fact]
    public Task Every_tool_keeps_its_secrets_under_every_fault() => CheckAsync(Enum.GetValues<Fault>().Where(fault => fault != Fault.Huge), async fault =>
    {
        await using var range = await CanaryRange.StartAsync((int)fault % 2 == 0 ? LogFormat.Json : LogFormat.Text, Cancel);
        range.Break(fault);
        await CallAsync(range, range.ToolsOfPlatforms);
        return await LeaksAsync(range);
    });

    /// <summary>64 MiB for each request are more than all tools at once are worth: one tool of each platform reads them.</summary>
    [Fact]
    public Task A_huge_answer_leaves_nothing_behind() => CheckAsync([Fault.Huge], async fault =>
    {
        await using var range = await CanaryRange.StartAsync(LogFormat.Json, Cancel);
        range.Break(fault);
        await CallAsync(range, [.. range.ToolsOfPlatforms.Where(tool => tool.Access == ToolAccess.Read).DistinctBy(tool => tool.Name.Split('_')[0])]);
        return await LeaksAsync(range);
    });

    /// <summary>Where a platform says what is wrong with the question, the caller may read it; never what was sent to prove who we are.</summary>
    [Fact]
    public Task A_platform_that_repeats_the_question_in_its_error_gives_nothing_away() => CheckAsync([400, 401, 403, 409, 422, 500], async status =>
    {
        await using var range = await CanaryRange.StartAsync(LogFormat.Json, Cancel);
        foreach (var proxy in range.Proxies.Values)
            proxy.EchoStatus = status;
        await CallAsync(range, range.ToolsOfPlatforms);
        return await LeaksAsync(range, mayExplain: status is 400 or 409 or 422);
    });

    private static async Task CheckAsync<T>(IEnumerable<T> cases, Func<T, Task<IReadOnlyList<string>>> leaksOf)
    {
        var all = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = RangesAtOnce, CancellationToken = Cancel }, async (one, _) =>
        {
            foreach (var leak in await leaksOf(one))
                all.Enqueue($"{one}: {leak}");
        });
        Assert.True(all.IsEmpty, string.Join('\n', all));
    }

    private static Task CallAsync(CanaryRange range, IReadOnlyList<Tool> tools)
        => Parallel.ForEachAsync(tools, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = Cancel }, async (tool, token) => await range.CallAsync(tool, token));

    private static async Task<IReadOnlyList<string>> LeaksAsync(CanaryRange range, bool mayExplain = false)
    {
        var calls = range.Calls;
        var credentials = range.Credentials().ToList();
        var everything = await range.EverythingAsync();

        // A suite that reaches nothing finds nothing.
        Assert.True(calls > 3 && credentials.Count >= 4, $"{calls} calls, {credentials.Count} credentials");
        Assert.All(everything, place => Assert.NotEmpty(place.Value));
        return
        [
            .. from place in everything
               from canary in Canaries(place.Key, credentials, mayExplain)
               where place.Value.Contains(canary, StringComparison.Ordinal)
               select $"{place.Key}: {canary[..Math.Min(canary.Length, 24)]}… in {Around(place.Value, canary)}",
        ];
    }

    private static string[] Canaries(string place, List<string> credentials, bool mayExplain)
    {
        string[] always = [.. credentials, CanaryProxy.InHeader, CanaryProxy.InCookie];
        return (place, mayExplain) switch
        {
            ("results", true) => always,
            ("results", false) => [.. always, CanaryProxy.InError],
            _ => [.. always, CanaryProxy.InError, CanaryProxy.InAnswer, CanaryArguments.Canary],
        };
    }

    private static string Around(string text, string canary)
    {
        var at = text.IndexOf(canary, StringComparison.Ordinal);
        return text[Math.Max(0, at - 160)..Math.Min(text.Length, at + 40)];
    }
}
