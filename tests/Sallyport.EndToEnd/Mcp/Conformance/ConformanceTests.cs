using System.Text.Json;

namespace Sallyport.EndToEnd.Mcp.Conformance;

/// <summary>The official conformance suite against the product's edge with the suite's fixtures behind it.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("--requirements", "2026-07-28", 196)]
    [InlineData("--requirements", "2025-11-25", 81)]
    [InlineData("--spec-version", "2025-06-18", 56)]
    [InlineData("--spec-version", "2025-03-26", 3)]
    public async Task Every_check_of_the_official_suite_passes(string option, string revision, int checks)
    {
        Assert.SkipWhen(Node.Missing is not null, Node.Missing ?? "");
        var token = TestContext.Current.CancellationToken;
        await using var host = await ConformanceHost.StartAsync(token);
        var results = Directory.CreateTempSubdirectory("conformance-");
        try
        {
            var (_, log) = await Node.RunAsync(
                [Node.Module("@modelcontextprotocol/conformance/dist/index.js"), "server", "--url", $"{host.Address}mcp", option, revision, "-o", results.FullName], token);
            var found = Checks(results.FullName).ToList();
            foreach (var group in found.GroupBy(check => check.Status))
                output.WriteLine($"{group.Key} {group.Count()}");
            var passed = found.Count(check => check.Status is "SUCCESS" or "SKIPPED" or "INFO");
            output.WriteLine($"conformance {revision}: {passed} of {found.Count} checks pass");
            Console.WriteLine($"conformance {revision}: {passed} of {found.Count} checks pass");
            foreach (var (scenario, id, status, message) in found.Where(check => check.Status is not ("SUCCESS" or "SKIPPED" or "INFO")))
                output.WriteLine($"{status} {scenario} {id}: {message}");
            Assert.True(passed == found.Count && found.Count >= checks, $"{passed} of {found.Count} checks pass, {checks} expected\n{log}");
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Scenario, string Id, string Status, string? Message)> Checks(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "checks.json", SearchOption.AllDirectories))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var check in document.RootElement.EnumerateArray())
            {
                yield return (
                    Path.GetFileName(Path.GetDirectoryName(file))!, check.GetProperty("id").GetString()!, check.GetProperty("status").GetString()!,
                    check.TryGetProperty("errorMessage", out var message) ? message.GetString() : null);
            }
        }
    }
}
