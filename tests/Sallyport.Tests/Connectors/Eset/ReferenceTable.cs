using System.Text.RegularExpressions;

namespace Sallyport.Tests.Connectors.Eset;

/// <summary>The reference server's table of operations, read in place from its contract.</summary>
internal static partial class ReferenceTable
{
    public static IReadOnlyList<ReferenceRow> Rows =>
    [
        .. Row().Matches(File.ReadAllText(SharedFiles.Require("contracts/eset.md")))
            .Select(match => new ReferenceRow(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)),
    ];

    [GeneratedRegex(@"^\| \d+ \| `(\w+)` \| (GET|POST|PUT|DELETE) \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

/// <summary>One operation as the reference server names it.</summary>
internal sealed record ReferenceRow(string Name, string Method, string Path);
