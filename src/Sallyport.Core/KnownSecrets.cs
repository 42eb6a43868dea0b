using System.Buffers;
using System.Text.Encodings.Web;

namespace Sallyport.Core;

/// <summary>
/// Every secret this process has seen, so that whatever leaves it can be searched for them by value. Those of the settings
/// stay; tokens and accounts that requests bring are kept until newer ones need the room.
/// </summary>
public static class KnownSecrets
{
    /// <summary>Shorter values would blot out ordinary words.</summary>
    public const int Shortest = 6;

    private const int MostPassing = 4_096;

    /// <summary>New values are looked for one by one until there are so many; then the search is built anew.</summary>
    private const int MostLoose = 32;

    private const string Stars = "***";

    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Lasting = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, LinkedListNode<string>> Passing = new(StringComparer.Ordinal);
    private static readonly LinkedList<string> ByAge = new();
    private static State _state = new(SearchValues.Create([], StringComparison.Ordinal), []);

    /// <param name="isLasting">The settings hold it; otherwise it comes and goes with tokens and requests.</param>
    public static void Add(string value, bool isLasting)
    {
        if (value.Length < Shortest)
            return;
        Keep(value, isLasting);
        // As it stands in a form or an address, and inside JSON, written by either encoder.
        if (Uri.EscapeDataString(value) is var escaped && escaped != value)
            Keep(escaped, isLasting);
        if (JavaScriptEncoder.Default.Encode(value) is var inJson && inJson != value)
            Keep(inJson, isLasting);
        if (JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value) is var inLog && inLog != value)
            Keep(inLog, isLasting);
    }

    public static bool AreIn(ReadOnlySpan<char> text)
    {
        var state = Volatile.Read(ref _state);
        if (text.ContainsAny(state.Built))
            return true;
        foreach (var loose in state.Loose)
        {
            if (text.Contains(loose, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The text with three stars in place of every secret in it.</summary>
    public static string Redact(string text)
    {
        if (!AreIn(text))
            return text;
        string[] all;
        lock (Gate)
            all = [.. Lasting, .. Passing.Keys];
        // Longest first: one secret may be a part of another.
        return all.OrderByDescending(value => value.Length).Aggregate(text, (safe, secret) => safe.Replace(secret, Stars, StringComparison.Ordinal));
    }

    private static void Keep(string value, bool isLasting)
    {
        lock (Gate)
        {
            if (Lasting.Contains(value))
                return;
            if (Passing.Remove(value, out var known))
                ByAge.Remove(known);
            if (isLasting)
                Lasting.Add(value);
            else
                Passing[value] = ByAge.AddLast(value);
            if (Passing.Count > MostPassing)
            {
                Passing.Remove(ByAge.First!.Value);
                ByAge.RemoveFirst();
            }

            if (known is not null)
                return;
            var state = _state;
            Volatile.Write(ref _state, state.Loose.Length < MostLoose
                ? state with { Loose = [.. state.Loose, value] }
                : new State(SearchValues.Create([.. Lasting, .. Passing.Keys], StringComparison.Ordinal), []));
        }
    }

    private sealed record State(SearchValues<string> Built, string[] Loose);
}
