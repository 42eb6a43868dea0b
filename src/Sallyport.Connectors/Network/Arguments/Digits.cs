namespace Sallyport.Connectors.Network.Arguments;

/// <summary>Whole numbers as callers write them: one to nine ASCII digits and nothing else.</summary>
internal static class Digits
{
    private const int MaxLength = 9;

    /// <summary>The platform's own parser passes over NUL characters at the end, so that the text would not be what was checked.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > MaxLength || text.ContainsAnyExceptInRange('0', '9')) return false;
        foreach (var c in text) number = (number * 10) + (c - '0');
        return true;
    }
}
