using Sallyport.Gateway.Investigations.Asking;

namespace Sallyport.Gateway.Investigations.Matching;

/// <summary>Why two sources' records are held to be one thing.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Score">0 to 100: how much the rule proves.</param>
/// <param name="Reason">What was equal, in words.</param>
internal sealed record Match(string Rule, int Score, string Left, string Right, string Reason);

/// <summary>Two sources say different things about one thing, or two things share something; shown, and nothing is decided.</summary>
internal sealed record Conflict(string About, IReadOnlyList<(string Source, string Says)> Values);

/// <summary>Records of several sources about one thing, with every reason for holding them together.</summary>
internal sealed record Group<T>(IReadOnlyList<Found<T>> Members, IReadOnlyList<Match> Matches, IReadOnlyList<Conflict> Conflicts);

/// <summary>Two records that may be one thing.</summary>
internal readonly record struct Link(int Left, int Right, string Rule, int Score, string Reason);
