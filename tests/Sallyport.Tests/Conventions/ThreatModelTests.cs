using System.Text.RegularExpressions;

namespace Sallyport.Tests.Conventions;

/// <summary>The threat model promises a test for each row; this holds it to that.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string Repository = RepositoryRoot.Path;

    private static string[] Lines => File.ReadAllLines(Path.Combine(Repository, "docs", "security", "threat-model.md"));

    [Fact]
    public void Each_threat_names_a_test()
    {
        var rows = Lines.Where(line => NumberedRow().IsMatch(line)).ToList();

        Assert.True(rows.Count >= 30, "The table of threats was not found.");
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => int.Parse(NumberedRow().Match(row).Groups[1].ValueSpan)));
        Assert.DoesNotContain(rows, row => !TestName().IsMatch(row));
    }

    [Fact]
    public void Each_test_that_is_named_exists()
    {
        var classes = Directory.EnumerateFiles(Path.Combine(Repository, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);

        var missing = Lines.SelectMany(line => TestName().Matches(line)).Select(match => (Class: match.Groups[1].Value, Test: match.Groups[2].Value)).Distinct()
            .Where(name => !Texts(classes, name.Class).Any(text => text.Contains($" {name.Test}(", StringComparison.Ordinal)));

        Assert.Empty(missing);
    }

    /// <summary>A class with what it inherits: rules that several classes must keep are written once.</summary>
    private static IEnumerable<string> Texts(ILookup<string, string> classes, string name)
        => classes[name].Concat(classes[name].SelectMany(text => Inherited().Matches(text)).SelectMany(match => classes[match.Groups[1].Value]));

    [GeneratedRegex(@"^\| ([0-9]+) \|")]
    private static partial Regex NumberedRow();

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)\\.([A-Z][A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"class \w+(?:\([^)]*\))? : (\w+)")]
    private static partial Regex Inherited();
}
