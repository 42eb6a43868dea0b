using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.EndToEnd.Mcp;

namespace Sallyport.EndToEnd.Observing;

/// <summary>What is shipped for Prometheus and Grafana fits what the gate exports.</summary>
public sealed partial class RulesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "prometheus");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sallyport.rules.yml", "check", "rules")]
    [InlineData("sallyport.tests.yml", "test", "rules")]
    [InlineData("prometheus.yml", "check", "config", "--syntax-only")]
    public async Task The_real_promtool_accepts_the_rules_their_tests_and_the_configuration(string file, params string[] question)
    {
        Assert.SkipWhen(Promtool.Missing is not null, Promtool.Missing ?? "");

        var (exit, said) = await Promtool.RunAsync(null, Cancel, [.. question, Path.Combine(Folder, file)]);

        Assert.True(exit == 0 && said.Contains("SUCCESS", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Every_metric_that_a_rule_or_the_dashboard_asks_for_is_exported()
    {
        var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "grafana", "sallyport.json"), Cancel)).RootElement;
        var questions = dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!)
            .Append(await File.ReadAllTextAsync(Path.Combine(Folder, "sallyport.rules.yml"), Cancel));
        var asked = questions.SelectMany(question => Metric().Matches(question)).Select(match => Suffix().Replace(match.Value, "")).Distinct().Order().ToList();
        await using var gate = await ObservedGate.StartAsync("metrics: true");
        await ProvokeEverythingAsync(gate);

        var page = await gate.Client.GetStringAsync("/metrics", Cancel);

        Assert.True(asked.Count > 20, string.Join(' ', asked));
        var sources = Sources();
        Assert.DoesNotContain(asked, name => !page.Contains($"# TYPE {name} ", StringComparison.Ordinal) && !sources.Contains($"\"{name}\"", StringComparison.Ordinal));
        // Most must be on the page itself; the others are of things that are hard to bring about from outside.
        Assert.True(asked.Count(name => page.Contains($"# TYPE {name} ", StringComparison.Ordinal)) >= 15, page);
    }

    /// <summary>Success, refusal, failure, retries and an open circuit.</summary>
    private static async Task ProvokeEverythingAsync(ObservedGate gate)
    {
        await gate.CallAsync("net_dns_lookup", """{"name":"localhost"}""", Cancel);
        await gate.CallAsync("no_such_tool", "{}", Cancel);
        for (var call = 0; call < 6; call++)
            await gate.CallAsync("vectra_detections_list", "{}", Cancel);
    }

    /// <summary>Where instruments are made.</summary>
    private static string Sources() => string.Concat(
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).Where(text => text.Contains("System.Diagnostics.Metrics", StringComparison.Ordinal)));

    [GeneratedRegex(@"\b(mcp_|esetmcp_|sallyport_|circuit_breaker_|process_|dotnet_)[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Suffix();
}
