using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Defender.Answers;

/// <summary>A request for a page: how many, from where, and which. What is not documented is refused.</summary>
internal sealed partial record ODataQuery(int Top, int Skip, IReadOnlyList<(string Member, string Comparison, string Value)> Terms)
{
    private static readonly string[] Documented = ["$top", "$skip", "$filter", "$count", "$expand"];

    /// <summary>Null when the query holds something that the platform does not take.</summary>
    public static ODataQuery? Read(IQueryCollection query, int largestPage, IReadOnlyCollection<string> filterable)
    {
        if (query.Keys.Any(key => !Documented.Contains(key)))
            return null;
        var terms = new List<(string, string, string)>();
        foreach (var term in query["$filter"].ToString().Split(" and ", StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Term().Match(term);
            if (!match.Success || !filterable.Contains(match.Groups[1].Value))
                return null;
            terms.Add((match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Trim('\'').Replace("''", "'", StringComparison.Ordinal)));
        }
        return new(Math.Min(Number(query["$top"], 50), largestPage), Number(query["$skip"], 0), terms);
    }

    /// <param name="read">A member's text, or its time written in a form that sorts.</param>
    public bool Fits(Func<string, string?> read) => Terms.All(term =>
    {
        var value = read(term.Member);
        if (!DateTimeOffset.TryParse(term.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var wanted)
            || !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return term.Comparison == "eq" && value == term.Value;
        return term.Comparison switch { "ge" => time >= wanted, "gt" => time > wanted, "le" => time <= wanted, "lt" => time < wanted, _ => time == wanted };
    });

    private static int Number(string? text, int otherwise) => int.TryParse(text, out var number) && number >= 0 ? number : otherwise;

    [GeneratedRegex(@"^\s*(\w+) (eq|ge|gt|le|lt) ('(?:[^']|'')*'|[0-9T:.Z-]+)\s*$")]
    private static partial Regex Term();
}
