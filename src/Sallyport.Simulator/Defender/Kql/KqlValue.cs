using System.Globalization;

namespace Sallyport.Simulator.Defender.Kql;

/// <summary>Values of the query language: text, whole and broken numbers, times, spans, truth, lists and nothing.</summary>
internal static class KqlValue
{
    public static bool IsTrue(object? value) => value is true;

    public static bool AreEqual(object? left, object? right, StringComparison comparison = StringComparison.Ordinal)
        => left is string a && right is string b ? string.Equals(a, b, comparison) : left is null || right is null ? left is null && right is null : Compare(left, right) == 0;

    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.CompareOrdinal(a, b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (long a, long b) => a.CompareTo(b),
        (long or double, long or double) => Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        _ => throw new KqlRefusal("Semantic error: values of different types cannot be compared."),
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Whole words, as the index sees them.</summary>
    public static bool HasWord(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(word[0])) && (end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(word[^1])))
                return true;
        }
        return false;
    }

    /// <summary>A number, or a span of time such as <c>1d</c> or <c>90m</c>.</summary>
    public static object Number(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return whole;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var broken))
            return broken;
        var digits = text.TakeWhile(static c => char.IsAsciiDigit(c) || c == '.').Count();
        if (double.TryParse(text[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
        {
            switch (text[digits..])
            {
                case "d": return TimeSpan.FromDays(amount);
                case "h": return TimeSpan.FromHours(amount);
                case "m": return TimeSpan.FromMinutes(amount);
                case "s": return TimeSpan.FromSeconds(amount);
            }
        }
        throw new KqlRefusal($"Syntax error: '{text}' is not a number.");
    }
}
